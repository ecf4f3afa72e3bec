import { z } from 'zod'
import { bookExport } from '@/domain/guest/book-file.schema'

const items = z.array(z.record(z.string(), z.unknown()))

/** Everything about an account, by part; what a part holds, its items say. */
export const accountExport = z.object({
  asOf: z.iso.datetime(),
  account: z.record(z.string(), z.unknown()),
  agreements: items,
  logins: items,
  sessions: items,
  passkeys: items,
  links: items,
  mailsAskedFor: items,
  mailRefusals: items,
  devices: items,
  reservations: items,
  guestEntries: items,
  tickets: items,
  openingEntries: items,
  openingReminders: items,
  notices: items,
  workplaces: items,
  invitations: items,
  acts: items,
})
export type AccountExport = z.infer<typeof accountExport>

export const exportQuery = z.strictObject({ format: z.enum(['json', 'csv']).default('json') })
export type ExportFormat = z.infer<typeof exportQuery>['format']

/** What an owner has of their guests: each visit, or the guest book. */
export const guestExportQuery = exportQuery.extend({
  list: z.enum(['visits', 'book']).default('visits'),
})
export type GuestList = z.infer<typeof guestExportQuery>['list']

/** A line of a restaurant's export: a reservation or a ticket, with what its guest said. */
export const guestLine = z.object({
  kind: z.enum(['RESERVATION', 'WALK_IN', 'TICKET']),
  serviceDate: z.iso.date(),
  /** The start, or when the ticket was taken. */
  at: z.iso.datetime(),
  /** Null: a reservation has no number. */
  number: z.int().nullable(),
  partySize: z.int(),
  status: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  note: z.string().nullable(),
  allergies: z.string().nullable(),
  staffNote: z.string().nullable(),
})
export type GuestLine = z.infer<typeof guestLine>

export const guestExport = z.object({ items: z.array(guestLine) })
export const guestListExport = z.union([guestExport, bookExport])

/** A guest whose account is gone, and the visits of theirs that the restaurant may still know. */
export type ErasureRequest = {
  id: string
  askedAt: string
  reservations: { startsAt: string; partySize: number }[]
  tickets: { serviceDate: string; number: number }[]
}
