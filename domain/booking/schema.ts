import { z } from 'zod'
import { partySize, serviceDate, startsAt } from '@/domain/schedule/schema'
import { type Result, refuse, succeed } from '@/lib/problems/result'

/** Control characters other than a line break have no place in a note. */
const plainText = z.string().regex(/^[^\p{Cc}]*$/u)
/** Several lines are fine; empty is the same as none. */
export const note = z
  .string()
  .trim()
  .max(500)
  .refine((text) => plainText.safeParse(text.replaceAll('\n', '').replaceAll('\r', '')).success)
  .transform((text) => text || undefined)
/** One line, so that the staff reads it at a glance. */
const allergies = z
  .string()
  .trim()
  .max(200)
  .pipe(plainText)
  .transform((text) => text || undefined)
export const bookingRequest = z.strictObject({
  restaurantId: z.uuid(),
  serviceDate,
  startsAt,
  partySize,
  slotId: z.uuid().optional(),
  note: note.optional(),
  /** What the party can't eat. */
  allergies: allergies.optional(),
})
export type BookingRequest = z.infer<typeof bookingRequest>

/** Visible ASCII, so that it is the same key in every log and header. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,200}$/)

const attempt = z.coerce.number().int().min(1).max(1_000).catch(1)

/**
 * `Idempotency-Key`, required, and `Idempotency-Attempt`, with which a page says that it asks
 * again. Refuses `invalid`.
 */
export function readBookingHeaders(
  headers: Headers,
): Result<{ key: string; attempt: number }, 'invalid'> {
  const key = idempotencyKey.safeParse(headers.get('idempotency-key'))
  if (!key.success)
    return refuse('invalid', { fields: [{ field: 'Idempotency-Key', code: 'required' }] })
  return succeed({ key: key.data, attempt: attempt.parse(headers.get('idempotency-attempt') ?? 1) })
}

/**
 * The same header where it is a choice. Null: the request won't be asked again. Refuses `invalid`.
 */
export function readIdempotencyKey(headers: Headers): Result<string | null, 'invalid'> {
  const given = headers.get('idempotency-key')
  if (given === null) return succeed(null)
  const key = idempotencyKey.safeParse(given)
  return key.success
    ? succeed(key.data)
    : refuse('invalid', { fields: [{ field: 'Idempotency-Key', code: 'invalid_format' }] })
}

export const undoRequest = z.strictObject({ actId: z.uuid() })

export const walkInRequest = z.strictObject({
  partySize: z.int().min(1).max(100),
  slotIds: z
    .array(z.uuid())
    .min(1)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'each slot once'),
  /** The staff's own: a name, a coat's colour. Diners never see it. */
  note: note.optional(),
})
export type WalkInRequest = z.infer<typeof walkInRequest>

const instant = z.iso.datetime()
export const placedReservation = z.object({
  id: z.uuid(),
  status: z.enum(['HELD', 'CONFIRMED', 'SEATED', 'LEFT', 'EXPIRED', 'CANCELLED', 'NO_SHOW']),
  slotId: z.uuid(),
  tableNumber: z.int(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int(),
  holdExpiresAt: instant.nullable(),
})

export const reservationView = z.object({
  id: z.uuid(),
  status: placedReservation.shape.status,
  restaurant: z.object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    address: z.string(),
    phone: z.string(),
    timeZone: z.string(),
    mapUrl: z.string().nullable(),
  }),
  serviceDate: z.iso.date(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int(),
  tableNumbers: z.array(z.int()),
  note: z.string().nullable(),
  allergies: z.string().nullable(),
  holdExpiresAt: instant.nullable(),
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN']).nullable(),
  sequence: z.int(),
})

export const reservationPageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

/** What the staff write down about a party; `shown` is what stood there when they began. */
export const staffNoteChange = z.strictObject({
  reservationId: z.uuid(),
  shown: z.string().max(500).nullable(),
  text: note,
})
