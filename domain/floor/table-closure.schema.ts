import { z } from 'zod'
import { namedTables } from '@/domain/booking/schema'
import { reservationStatuses } from '@/domain/booking/types'
import { startsAt } from '@/domain/schedule/schema'
import { typedLine } from '@/lib/text/field'

const instant = z.iso.datetime()
const LONGEST_MS = 31 * 24 * 60 * 60 * 1000
const MOST_REASON = 100

/** An area or tables, from one instant to another. */
export const tableClosureDraft = z
  .strictObject({
    areaId: z.uuid().optional(),
    tableNumbers: namedTables.optional(),
    from: startsAt,
    to: startsAt,
    /** For staff alone. Null or empty: none. */
    reason: typedLine({ most: MOST_REASON })
      .transform((text) => text || null)
      .nullable()
      .optional(),
  })
  .refine(({ areaId, tableNumbers }) => (areaId === undefined) !== (tableNumbers === undefined), {
    path: ['tableNumbers'],
    error: 'name either an area or tables',
  })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= LONGEST_MS, {
    path: ['to'],
    error: 'must be within 31 days',
  })
export type TableClosureDraft = z.infer<typeof tableClosureDraft>

/** When it ends now; earlier than before. */
export const closureEnd = z.strictObject({ to: startsAt })

/** Where a party could sit instead: what a change of its reservation names. */
export const proposedMove = z.object({
  startsAt: instant,
  /** One table, or a combination. */
  tableNumbers: z.array(z.int()),
  /** The party would come at another time than it has booked, and is told by mail. */
  isOtherTime: z.boolean(),
})
export type ProposedMove = z.infer<typeof proposedMove>

/** A party at a table that is closed during its time. It stays until it is moved. */
export const touchedParty = z.object({
  reservationId: z.uuid(),
  /** Rises with each change; a move names the one it was proposed for. */
  sequence: z.int(),
  status: z.enum(reservationStatuses),
  partySize: z.int(),
  /** Null: a walk-in, or its person is forgotten. */
  name: z.string().nullable(),
  serviceDate: z.iso.date(),
  startsAt: instant,
  endsAt: instant,
  tableNumbers: z.array(z.int()),
  /** No two proposals share a place. Null: there is none, or the party sits already. */
  move: proposedMove.nullable(),
})
export type TouchedParty = z.infer<typeof touchedParty>

/** Tables that are closed, or will be. */
export const tableClosure = z.object({
  id: z.uuid(),
  /** Null: tables were named, or the area is gone. */
  area: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  tableNumbers: z.array(z.int()),
  from: instant,
  to: instant,
  reason: z.string().nullable(),
  parties: z.array(touchedParty),
})
export type TableClosure = z.infer<typeof tableClosure>
export const tableClosureList = z.array(tableClosure)
