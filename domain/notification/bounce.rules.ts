import { isPlainAddress } from '@/lib/mail/mail-address'
import { tidyLine } from '@/lib/text/typed'
import type { MailReport } from './bounce.schema'
import {
  mailgunReport,
  postmarkReport,
  resendReport,
  sendgridReports,
  sesReport,
  snsEnvelope,
} from './bounce.schema'

type AddressReport = {
  address: string
  isComplaint: boolean
  reason?: string | undefined
  messageId?: string | undefined
}

const ofResend = (given: unknown): AddressReport[] | null => {
  const report = resendReport.safeParse(given).data
  if (!report) return null
  const { to, bounce } = report.data
  const isComplaint = report.type === 'email.complained'
  if (!isComplaint && !/^permanent$/i.test(bounce?.type ?? '')) return []
  return to.map((address) => ({ address, isComplaint, reason: bounce?.message }))
}

const ofPostmark = (given: unknown): AddressReport[] | null => {
  const report = postmarkReport.safeParse(given).data
  if (!report) return null
  const isComplaint = report.RecordType === 'SpamComplaint'
  if (!isComplaint && !['HardBounce', 'BadEmailAddress'].includes(report.Type ?? '')) return []
  return [{ address: report.Email, isComplaint, reason: report.Description }]
}

const ofSendgrid = (given: unknown): AddressReport[] | null =>
  sendgridReports.safeParse(given).data?.flatMap((report) => {
    const isComplaint = report.event === 'spamreport'
    // A block is temporary; the address itself is good.
    const isHard = report.event === 'bounce' && report.type !== 'blocked'
    if (!isComplaint && !isHard) return []
    const { email: address, reason } = report
    return [{ address, isComplaint, reason, messageId: report['smtp-id'] }]
  }) ?? null

const ofMailgun = (given: unknown): AddressReport[] | null => {
  const report = mailgunReport.safeParse(given).data?.['event-data']
  if (!report) return null
  const isComplaint = report.event === 'complained'
  if (!isComplaint && !(report.event === 'failed' && report.severity === 'permanent')) return []
  const status = report['delivery-status']
  return [
    {
      address: report.recipient,
      isComplaint,
      reason: status?.message || status?.description,
      messageId: report.message?.headers['message-id'],
    },
  ]
}

function readInner(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const ofSes = (given: unknown): AddressReport[] | null => {
  const envelope = snsEnvelope.safeParse(given).data
  const report = envelope && sesReport.safeParse(readInner(envelope.Message)).data
  if (!report) return null
  const messageId = report.mail?.commonHeaders?.messageId
  const bounced = report.bounce?.bounceType === 'Permanent' ? report.bounce.bouncedRecipients : []
  const complained = report.complaint?.complainedRecipients ?? []
  const tell = (isComplaint: boolean) => (each: (typeof bounced)[number]) => ({
    address: each.emailAddress,
    isComplaint,
    reason: each.diagnosticCode,
    messageId,
  })
  return [...bounced.map(tell(false)), ...complained.map(tell(true))]
}

const OWN_MESSAGE = /^<?notice-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@/i

/**
 * Reads the addresses in a report from any known provider: Resend, Postmark, SendGrid, Mailgun, or
 * Amazon SES through SNS. Only permanent failures and complaints count. Null: none of these
 * formats.
 */
export function readReports(given: unknown): MailReport[] | null {
  for (const read of [ofResend, ofPostmark, ofSendgrid, ofMailgun, ofSes]) {
    const told = read(given)
    if (told)
      return told
        .map(({ address, isComplaint, reason, messageId }) => ({
          address: address.trim().toLowerCase(),
          kind: isComplaint ? ('COMPLAINT' as const) : ('BOUNCE' as const),
          reason: tidyLine(reason ?? '').slice(0, 300) || 'no reason given',
          noticeId: OWN_MESSAGE.exec(messageId ?? '')?.[1] ?? null,
        }))
        .filter(({ address }) => isPlainAddress(address))
  }
  return null
}
