import { render } from 'react-email'
import { ZodError } from 'zod'
import { type CalendarFile, writeReservationCalendar } from '@/domain/notification/calendar/rules'
import { tidyLine } from '@/domain/notification/rules'
import { type NoticeKind, noticeKinds } from '@/domain/notification/types'
import { isLocale } from '@/lib/locale'
import type { Mailbox } from '@/lib/mail-address'
import { accountMails } from './account-mails'
import { daySheetMail } from './day-sheet'
import type { MailKind, Setting } from './mail-kind'
import { writePlainText } from './plain-text'
import { reservationMails } from './reservation-mails'
import { ticketMails } from './ticket-mails'

/** One entry makes a kind of notice a mail. */
const mails: Record<NoticeKind, MailKind> = {
  ...accountMails,
  ...reservationMails,
  ...ticketMails,
  DAY_SHEET: daySheetMail,
}

export type ComposedMail = { subject: string; html: string; text: string; calendar?: CalendarFile }
export type Composition =
  | { ok: true; mail: ComposedMail }
  | {
      ok: false
      reason: 'unknown-kind' | 'unknown-locale' | 'bad-payload' | 'not-writable'
      detail: string
    }

/**
 * Turns a recorded notice into a mail. The same notice always becomes the same mail, also when it
 * is sent again next week. Whatever is wrong with the notice comes back as a value: sending it
 * again would not help, and it must not stop the others.
 */
export async function composeNotice(notice: {
  kind: string
  locale: string
  payload: unknown
  queuedAt: Date
  appUrl: string
  sender: Mailbox
  sealLink: Setting['sealLink']
}): Promise<Composition> {
  const { locale, appUrl, sealLink } = notice
  const kind = noticeKinds.find((known) => known === notice.kind)
  if (!kind) return { ok: false, reason: 'unknown-kind', detail: tidyLine(notice.kind) }
  if (!isLocale(locale)) return { ok: false, reason: 'unknown-locale', detail: tidyLine(locale) }
  try {
    const draft = mails[kind](notice.payload, { locale, appUrl, sealLink })
    const html = await render(draft.body)
    const calendar =
      draft.calendar &&
      writeReservationCalendar({
        reservation: draft.calendar,
        locale,
        appUrl,
        organizer: notice.sender,
        stampedAt: notice.queuedAt,
      })
    return {
      ok: true,
      mail: { subject: tidyLine(draft.subject), html, text: writePlainText(html), calendar },
    }
  } catch (error) {
    return { ok: false, ...describeFailure(error) }
  }
}

/** Names the fields of a bad payload, never their contents, which are people's. */
function describeFailure(error: unknown) {
  if (error instanceof ZodError) {
    const detail = error.issues.map((issue) => issue.path.join('.') || 'payload').join(', ')
    return { reason: 'bad-payload', detail } as const
  }
  return {
    reason: 'not-writable',
    detail: error instanceof Error ? error.message : 'unknown',
  } as const
}
