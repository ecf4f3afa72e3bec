import { z } from 'zod'
import { guestChange, guestTag } from '@/domain/guest/entry.schema'
import { consentWays } from '@/domain/guest/entry.types'
import { guest } from '@/domain/guest/schema'

const instant = z.iso.datetime()

export const guestConsent = z.object({ way: z.enum(consentWays), at: instant })

/** An entry of the guest book, with what the restaurant's reservations tell of the guest. */
export const guestEntry = guest.extend({
  version: z.int(),
  tags: z.array(guestTag),
  /** The restaurant's own note. Null: none. */
  note: z.string().nullable(),
  allergies: z.string().nullable(),
  dislikes: z.string().nullable(),
  /** Null: nothing is kept that needs one. */
  consent: guestConsent.nullable(),
  /** Parties that sat down. */
  visits: z.int(),
  /** Without those that were granted to a dispute. */
  noShows: z.int(),
  /** Cancelled by the guest; what the restaurant cancelled does not count. */
  cancellations: z.int(),
  /** Null: the guest has not been here yet. */
  lastVisit: z
    .object({ serviceDate: z.iso.date(), startsAt: instant, tableNumbers: z.array(z.int()) })
    .nullable(),
  /** Who else is this person, by what staff say. */
  merged: z.array(guest.omit({ locale: true })),
  /** The tags of the restaurant's other guests too, to pick from. */
  knownTags: z.array(guestTag),
})
export type GuestEntry = z.infer<typeof guestEntry>

/** What staff change of an entry; what is absent stays. */
export const guestEntryChange = z.strictObject(guestChange.shape)
