import { z } from 'zod'
import { serviceDate } from '@/domain/schedule/schema'

const instant = z.iso.datetime()

/** Acts of one service date at the restaurant. The date absent: today. */
export const actsQuery = z.strictObject({
  date: serviceDate.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

/** One line of what was done on a service date. */
export const floorAct = z.object({
  id: z.uuid(),
  at: instant,
  /** As in the audit log: `SEAT`, `CALL`, `CLOSE_TABLES`. */
  act: z.string(),
  by: z.object({
    role: z.enum(['DINER', 'OWNER', 'STAFF', 'ADMIN', 'SERVICE']),
    /** Of the restaurant's staff. Null: a diner, an admin, the service, or an account that is gone. */
    name: z.string().nullable(),
  }),
  /** Null: it is about no reservation. */
  party: z
    .object({
      reservationId: z.uuid(),
      serviceDate: z.iso.date(),
      startsAt: instant,
      partySize: z.int(),
      walkIn: z.boolean(),
      /** Null: a walk-in, or its person is forgotten. */
      name: z.string().nullable(),
    })
    .nullable(),
  /** Null: it is about no party in line. */
  ticketNumber: z.int().nullable(),
  /** Of the slot or of the closed tables. */
  tableNumbers: z.array(z.int()),
  /** It was taken back. */
  isUndone: z.boolean(),
})
export type FloorAct = z.infer<typeof floorAct>

export const actPage = z.object({
  items: z.array(floorAct),
  /** Null: there are no more. */
  nextCursor: z.string().nullable(),
})
export type ActPage = z.infer<typeof actPage>
