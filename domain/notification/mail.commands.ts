import { composeNotice } from '@/emails/notice-mails'
import { signLink } from '@/lib/crypto/link-token'
import { env } from '@/lib/env'
import { sendMail } from '@/lib/mail/mail'
import { bury, postpone } from './attempt.commands'
import type { Deliver } from './delivery.types'

/** As a mail of its kind, with a calendar file where it has one. */
export const deliverByMail: Deliver = async ({ notice, sender, timeoutMs }) => {
  const { id, kind, recipient, locale, payload, queuedAt } = notice
  const setting = { appUrl: env.APP_URL, sender, sealLink: signLink }
  const composed = await composeNotice({ kind, locale, payload, queuedAt, ...setting })
  if (!composed.ok) return bury({ notice, error: `${composed.reason}: ${composed.detail}` })
  const { calendar, ...mail } = composed.mail
  const letter = {
    ...mail,
    name: `notice-${id}`,
    to: recipient,
    attachments: calendar
      ? [
          {
            filename: 'reservation.ics',
            contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
            content: calendar.content,
          },
        ]
      : [],
  }
  const delivery = await sendMail({ letter, timeoutMs })
  if (delivery.outcome === 'permanent') return bury({ notice, error: delivery.error })
  if (delivery.outcome === 'accepted')
    return { outcome: { id, outcome: 'sent' }, isServerAway: false }
  return postpone({ notice, error: delivery.error, isServerAway: delivery.isServerAway })
}
