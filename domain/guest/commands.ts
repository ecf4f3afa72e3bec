import type { Stop, Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { readPhone } from '@/lib/text/phone'
import { isDoubtful } from './known.rules'
import type { GuestRef, NewGuest } from './schema'

/** Two staff wrote the same person down at the same moment: the second finds the first one's row. */
export const ONE_GUEST = {
  guests_one_per_mailbox: 'begin-anew',
  guests_one_per_phone: 'begin-anew',
} as const

export type KeptGuest = { id: string; name: string }

type Asked = {
  restaurantId: string
  given: NewGuest
  phone: string | null
  tells: boolean
  stop: Stop<'guest-differs'>
}

/** Whom the restaurant knows by that phone; without a phone by that address, the newest first. */
async function findKnown(
  tx: Transaction,
  { restaurantId, given, phone }: Asked,
): Promise<(KeptGuest & { email: string | null }) | null> {
  const [known] = await tx.$queryRaw<(KeptGuest & { email: string | null })[]>`
    SELECT id, name, email FROM guests
     WHERE restaurant_id = ${restaurantId}::uuid
       AND (phone = ${phone}::text
            OR (${phone}::text IS NULL AND email = ${given.email ?? null}::text))
     ORDER BY created_at DESC, id LIMIT 1 FOR UPDATE`
  return known ?? null
}

async function writeGuest(tx: Transaction, asked: Asked): Promise<KeptGuest> {
  const { restaurantId, given, phone, tells, stop } = asked
  const { name, email = null, locale = null } = given
  const known = await findKnown(tx, asked)
  if (known) {
    if (isDoubtful({ known, given: { name, email }, tells }))
      return stop(refuse('guest-differs', { name: known.name }))
    await tx.$executeRaw`
      UPDATE guests SET email = coalesce(email, ${email}), locale = coalesce(${locale}, locale)
       WHERE id = ${known.id}::uuid`
    return known
  }
  const [made] = await tx.$queryRaw<KeptGuest[]>`
    INSERT INTO guests (restaurant_id, name, phone, email, locale)
    VALUES (${restaurantId}::uuid, ${name}, ${phone}, ${email}, coalesce(${locale}::text, 'ko'))
    RETURNING id, name`
  if (!made) throw new Error('the guest was not written')
  return made
}

/**
 * The guest that staff mean, written down if the restaurant does not know them yet: the same phone is
 * the same guest, else the same address. What is known of a guest stays, name and address; only what is
 * missing is added: mailed links and an account's reservations follow the address. Locks the guest until the transaction ends, before any slot. The caller has checked that the actor works
 * for the restaurant, and gives the transaction `ONE_GUEST` and tries.
 *
 * Stops with `not-found` for an id that is no guest of the restaurant, `invalid` for a phone that no
 * country has, and `guest-differs` with the known `name` where the phone may be another person's.
 */
export async function keepGuest(
  tx: Transaction,
  {
    restaurantId,
    timeZone,
    given,
    tells,
    stop,
  }: {
    restaurantId: string
    timeZone: string
    given: GuestRef
    /** The guest is to be mailed. */
    tells: boolean
    stop: Stop<'not-found' | 'invalid' | 'guest-differs'>
  },
): Promise<KeptGuest> {
  if ('id' in given) {
    const [known] = await tx.$queryRaw<KeptGuest[]>`
      SELECT id, name FROM guests
       WHERE id = ${given.id}::uuid AND restaurant_id = ${restaurantId}::uuid FOR UPDATE`
    return known ?? stop(refuse('not-found'))
  }
  const phone = given.phone === undefined ? null : readPhone({ typed: given.phone, timeZone })
  if (phone === null && given.phone !== undefined)
    return stop(refuse('invalid', { fields: [{ field: 'guest.phone', code: 'custom' }] }))
  return writeGuest(tx, { restaurantId, given, phone, tells, stop })
}
