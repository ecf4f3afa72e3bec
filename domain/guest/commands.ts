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
     WHERE id = known_guest(p_restaurant => ${restaurantId}::uuid, p_phone => ${phone}, p_email => ${given.email ?? null})
       FOR UPDATE`
  return known ?? null
}

/**
 * The entry that a guest is merged into, so that bookings for one person come one after another,
 * whichever of their rows they found.
 */
async function lockEntryOf(tx: Transaction, guestId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM guests WHERE id = (SELECT merged_into FROM guests WHERE id = ${guestId}::uuid) FOR UPDATE`
}

async function writeGuest(tx: Transaction, asked: Asked): Promise<KeptGuest> {
  const { restaurantId, given, phone, tells, stop } = asked
  const { name, email = null, locale = null } = given
  const known = await findKnown(tx, asked)
  if (known) {
    if (isDoubtful({ known, given: { name, email }, tells }))
      return stop(refuse('guest-differs', { name: known.name }))
    await lockEntryOf(tx, known.id)
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
 * missing is added: mailed links and an account's reservations follow the address. A guest who is merged
 * into another stays the one that is booked for: mails go where they went. Locks the guest, then the entry
 * that it is merged into, until the transaction ends, before any slot. The caller has checked that the actor works
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
    if (!known) return stop(refuse('not-found'))
    await lockEntryOf(tx, known.id)
    return known
  }
  const phone = given.phone === undefined ? null : readPhone({ typed: given.phone, timeZone })
  if (phone === null && given.phone !== undefined)
    return stop(refuse('invalid', { fields: [{ field: 'guest.phone', code: 'custom' }] }))
  return writeGuest(tx, { restaurantId, given, phone, tells, stop })
}

/**
 * The guest book's entry of a diner, written down if the restaurant has none of them: with their name, and
 * neither number nor address, which stay with the account. Two staff at once write it once. Null: the
 * account is gone. The caller has checked that the actor works for the restaurant and the diner is its guest.
 */
export async function keepDiner(
  tx: Transaction,
  { restaurantId, dinerId }: { restaurantId: string; dinerId: string },
): Promise<{ id: string; isNew: boolean } | null> {
  const find = async () => {
    const [known] = await tx.$queryRaw<{ id: string | null }[]>`
      SELECT guest_entry_of(p_restaurant => ${restaurantId}::uuid, p_guest => NULL, p_diner => ${dinerId}::uuid) AS id`
    return known?.id ?? null
  }
  const known = await find()
  if (known !== null) return { id: known, isNew: false }
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO guests (restaurant_id, name, account_id, locale)
    SELECT ${restaurantId}::uuid, left(a.name, 50), a.id, a.locale FROM accounts a WHERE a.id = ${dinerId}::uuid
    ON CONFLICT (restaurant_id, account_id) WHERE account_id IS NOT NULL DO NOTHING
    RETURNING id`
  if (made) return { ...made, isNew: true }
  const other = await find()
  return other === null ? null : { id: other, isNew: false }
}
