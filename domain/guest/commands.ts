import type { Stop, Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { readPhone } from '@/lib/text/phone'
import type { GuestRef, NewGuest } from './schema'

/** Two staff wrote the same person down at the same moment: the second finds the first one's row. */
export const ONE_GUEST = {
  guests_one_per_mailbox: 'begin-anew',
  guests_one_per_phone: 'begin-anew',
} as const

type Asked = { restaurantId: string; given: NewGuest; phone: string | null }

/** Whom the restaurant knows by that phone; without a phone by that address, the newest first. */
async function findKnown(tx: Transaction, { restaurantId, given, phone }: Asked) {
  const [known] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM guests
     WHERE restaurant_id = ${restaurantId}::uuid
       AND (phone = ${phone}::text
            OR (${phone}::text IS NULL AND email = ${given.email ?? null}::text))
     ORDER BY created_at DESC, id LIMIT 1 FOR UPDATE`
  return known ?? null
}

async function writeGuest(tx: Transaction, asked: Asked): Promise<string> {
  const { restaurantId, given, phone } = asked
  const { name, email = null, locale = null } = given
  const known = await findKnown(tx, asked)
  if (known) {
    await tx.$executeRaw`
      UPDATE guests SET name = ${name}, email = coalesce(${email}, email), locale = coalesce(${locale}, locale)
       WHERE id = ${known.id}::uuid`
    return known.id
  }
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO guests (restaurant_id, name, phone, email, locale)
    VALUES (${restaurantId}::uuid, ${name}, ${phone}, ${email}, coalesce(${locale}::text, 'ko'))
    RETURNING id`
  if (!made) throw new Error('the guest was not written')
  return made.id
}

/**
 * The guest that staff mean, written down if the restaurant does not know them yet: the same phone is
 * the same guest, else the same address. What staff typed last stands; what they left out stays. Locks
 * the guest until the transaction ends, before any slot. The caller has checked that the actor works
 * for the restaurant, and gives the transaction `ONE_GUEST` and tries.
 *
 * Stops with `not-found` for an id that is no guest of the restaurant, `invalid` for a phone that no
 * country has.
 */
export async function keepGuest(
  tx: Transaction,
  {
    restaurantId,
    timeZone,
    given,
    stop,
  }: {
    restaurantId: string
    timeZone: string
    given: GuestRef
    stop: Stop<'not-found' | 'invalid'>
  },
): Promise<string> {
  if ('id' in given) {
    const [known] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM guests
       WHERE id = ${given.id}::uuid AND restaurant_id = ${restaurantId}::uuid FOR UPDATE`
    return known ? known.id : stop(refuse('not-found'))
  }
  const phone = given.phone === undefined ? null : readPhone({ typed: given.phone, timeZone })
  if (phone === null && given.phone !== undefined)
    return stop(refuse('invalid', { fields: [{ field: 'guest.phone', code: 'custom' }] }))
  return writeGuest(tx, { restaurantId, given, phone })
}
