import { z } from 'zod'
import { typedKeyword, typedLine, typedText } from '@/lib/text/field'
import {
  heardWays,
  LONGEST_DIET,
  LONGEST_NOTE,
  LONGEST_TAG,
  MOST_TAGS,
  tagColors,
} from './entry.types'
import { guest } from './schema'

/** As names are read: 'ＶＩＰ' is 'VIP'. */
const tagName = typedKeyword({ least: 1, most: LONGEST_TAG })
export const guestTag = z.object({ name: z.string(), color: z.enum(tagColors) })
export type GuestTag = z.infer<typeof guestTag>

/** What staff see of a guest at a glance, on the board, in the line and in searches. */
export const guestMarks = z.object({
  /** The entry of the guest book. */
  id: z.uuid(),
  tags: z.array(guestTag),
  /** What the guest can't eat, kept with their consent. Null: nothing is. */
  allergies: z.string().nullable(),
  /** What the guest does not like to eat, kept with their consent. Null: nothing is. */
  dislikes: z.string().nullable(),
})

/** A guest as lists and searches show them. */
export const knownGuest = guest.extend({ marks: guestMarks })
export type KnownGuest = z.infer<typeof knownGuest>
export const guestPage = z.object({ items: z.array(knownGuest), nextCursor: z.string().nullable() })

const instant = z.iso.datetime()

const orNone = (text: string) => text || null
const diet = typedLine({ most: LONGEST_DIET }).transform(orNone).nullable().default(null)

const namesNoneTwice = (tags: { name: string }[]) =>
  new Set(tags.map(({ name }) => name)).size === tags.length

/** What staff change of an entry; what is absent stays. */
export const guestChange = z.strictObject({
  /** All tags of the guest. A colour that is given is the tag's for every guest. */
  tags: z
    .array(z.strictObject({ name: tagName, color: z.enum(tagColors).optional() }))
    .max(MOST_TAGS)
    .refine(namesNoneTwice, { error: 'must not name a tag twice' })
    .optional(),
  note: typedText({ most: LONGEST_NOTE }).transform(orNone).nullable().optional(),
  /** Null: the guest takes their consent back, and nothing is kept. */
  diet: z
    .strictObject({
      allergies: diet,
      dislikes: diet,
      /** How and when (absent: now) the guest agreed. Absent: the consent that stands. */
      consent: z.strictObject({ way: z.enum(heardWays), at: instant.optional() }).optional(),
    })
    .refine(({ allergies, dislikes }) => allergies !== null || dislikes !== null, {
      error: 'must say something; null ends the consent',
    })
    .nullable()
    .optional(),
})
export type GuestChange = z.infer<typeof guestChange>

export const guestMerge = z.strictObject({ into: z.uuid() })
export const mergedGuests = z.object({ id: z.uuid(), mergedId: z.uuid() })
export type MergedGuests = z.infer<typeof mergedGuests>

/** The party whose diner staff write down. */
export const partyRef = z.union([
  z.strictObject({ reservationId: z.uuid() }),
  z.strictObject({ ticketId: z.uuid() }),
])
export type PartyRef = z.infer<typeof partyRef>
