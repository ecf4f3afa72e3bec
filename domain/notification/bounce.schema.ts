import { z } from 'zod'

const text = z.string().max(2_000).catch('')

/** Resend: one event; `bounce.type` says whether the failure is permanent. */
export const resendReport = z.object({
  type: z.enum(['email.bounced', 'email.complained']),
  data: z.object({
    to: z.array(z.string()).max(50),
    bounce: z.object({ type: text, message: text }).partial().optional(),
  }),
})

/** Postmark: one record. */
export const postmarkReport = z.object({
  RecordType: z.enum(['Bounce', 'SpamComplaint']),
  Type: text.optional(),
  Email: z.string(),
  Description: text.optional(),
})

/** SendGrid: a list of events, only some of which are about bounced mail. */
export const sendgridReports = z
  .array(
    z.object({
      event: z.string(),
      type: text.optional(),
      email: z.string(),
      reason: text.optional(),
      'smtp-id': text.optional(),
    }),
  )
  .max(1_000)

/** Mailgun: one event; `severity` says whether the failure is permanent. */
export const mailgunReport = z.object({
  'event-data': z.object({
    event: z.string(),
    severity: text.optional(),
    recipient: z.string(),
    'delivery-status': z.object({ message: text, description: text }).partial().optional(),
    message: z.object({ headers: z.object({ 'message-id': text }).partial() }).optional(),
  }),
})

/** Amazon SES through SNS, whose `Message` is JSON in a string. */
export const snsEnvelope = z.object({ Type: z.literal('Notification'), Message: z.string() })
const recipients = z
  .array(z.object({ emailAddress: z.string(), diagnosticCode: text.optional() }))
  .max(50)
export const sesReport = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  bounce: z.object({ bounceType: text, bouncedRecipients: recipients }).optional(),
  complaint: z.object({ complainedRecipients: recipients }).optional(),
  mail: z
    .object({ commonHeaders: z.object({ messageId: text }).partial() })
    .partial()
    .optional(),
})

/** A mail provider's report about one address. */
export type MailReport = {
  address: string
  kind: 'BOUNCE' | 'COMPLAINT'
  reason: string
  /** The notice whose mail it was. Null: the report names none of ours. */
  noticeId: string | null
}
