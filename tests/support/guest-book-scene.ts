import { readGuestEntry } from '@/domain/floor/guest-entry.queries'
import type { GuestEntry } from '@/domain/floor/guest-entry.schema'
import { writeDownGuest } from '@/domain/guest/diner.commands'
import { changeGuest } from '@/domain/guest/entry.commands'
import type { GuestChange } from '@/domain/guest/entry.schema'
import { mergeGuests, splitGuest } from '@/domain/guest/merge.commands'
import { actorOf } from './booking-restaurant'
import { bookAs } from './booking-scene'
import { setUpPhone } from './guest-scene'

type Tables = Parameters<typeof setUpPhone>[0]
const TABLES = Array.from({ length: 6 }, () => ({ maxParty: 4 }))

/** A restaurant with a guest book, and its staff's acts on it. */
export async function setUpBook(tables: Tables = TABLES) {
  const phone = await setUpPhone(tables)
  const { restaurantId, staffId } = phone
  const change = (
    guestId: string,
    given: GuestChange,
    { by = staffId, version = null }: { by?: string; version?: number | null } = {},
  ) => changeGuest({ restaurantId, guestId, version, change: given, actor: actorOf(by) })
  const merge = (guestId: string, into: string, by = staffId) =>
    mergeGuests({ restaurantId, guestId, into, actor: actorOf(by) })
  const split = (guestId: string, by = staffId) =>
    splitGuest({ restaurantId, guestId, actor: actorOf(by) })
  const ask = (guestId: string, accountId = staffId) =>
    readGuestEntry({ restaurantId, guestId, accountId })
  /** The same, which must be found. */
  const read = async (guestId: string): Promise<GuestEntry> => {
    const found = await ask(guestId)
    if (!found.ok) throw new Error(found.reason)
    return found.value
  }
  return { ...phone, change, merge, split, ask, read }
}

const inPerson = { way: 'IN_PERSON' } as const
/** A diet as staff note it, with a consent they have just heard. */
export const dietOf = (allergies: string | null, dislikes: string | null = null) => ({
  diet: { allergies, dislikes, consent: inPerson },
})

type Book = Awaited<ReturnType<typeof setUpBook>>

export const writeDown = ({ restaurantId, staffId }: Book, reservationId: string, by = staffId) =>
  writeDownGuest({ restaurantId, party: { reservationId }, actor: actorOf(by) })

/** A diner's own reservation, and their entry in the book. */
export async function writeDownDiner(book: Book) {
  const made = await bookAs(book.dinerId, book.scene)
  if (!made.ok) throw new Error(made.reason)
  const reservationId = made.value.reservation.id
  const written = await writeDown(book, reservationId)
  if (!written.ok) throw new Error(written.reason)
  return { reservationId, entryId: written.value.id }
}
