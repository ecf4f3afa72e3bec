import { ZodError } from 'zod'
import { type CalendarFile, writeReservationCalendar } from '@/domain/notification/calendar.rules'
import { type MailedKind, mailKinds } from '@/domain/notification/types'
import { isLocale } from '@/lib/i18n/locale'
import type { Mailbox } from '@/lib/mail/mail-address'
import { tidyLine } from '@/lib/text/typed'
import { accountMails } from './account-mails'
import { daySheetMail } from './day-sheet'
import { writeHtml } from './html'
import type { Brief, Draft, MailKind, Setting } from './mail-kind'
import { openingMails } from './opening-mails'
import { writePlainText } from './plain-text'
import { reservationMails } from './reservation-mails'
import { writePage } from './template'
import { ticketMails } from './ticket-mails'

/** One entry makes a kind of notice an email. */
const mails: Record<MailedKind, MailKind> = {
  ...accountMails,
  ...reservationMails,
  ...ticketMails,
  ...openingMails,
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

type Recorded = {
  kind: string
  locale: string
  payload: unknown
  appUrl: string
  sealLink: Setting['sealLink']
}

/** A recorded notice, before it is written for a channel. */
function draftNotice({ kind, locale, payload, appUrl, sealLink }: Recorded) {
  const known = mailKinds.find((each) => each === kind)
  if (!known) return { ok: false, reason: 'unknown-kind', detail: tidyLine(kind) } as const
  if (!isLocale(locale))
    return { ok: false, reason: 'unknown-locale', detail: tidyLine(locale) } as const
  try {
    return { ok: true, locale, draft: mails[known](payload, { locale, appUrl, sealLink }) } as const
  } catch (error) {
    return { ok: false, ...describeFailure(error) } as const
  }
}

async function write(body: Draft['body']): Promise<{ html: string; text: string }> {
  if ('shape' in body) return writePage(body)
  const html = await writeHtml(body)
  return { html, text: writePlainText(html) }
}

/**
 * Turns a recorded notice into an email. The same notice always gives the same mail, also when it is
 * sent again next week. A fault of the notice is returned as a value: sending it again would not
 * help, and it must not stop the others.
 */
export async function composeNotice(
  notice: Recorded & { queuedAt: Date; sender: Mailbox },
): Promise<Composition> {
  const drafted = draftNotice(notice)
  if (!drafted.ok) return drafted
  const { draft, locale } = drafted
  try {
    const written = await write(draft.body)
    const calendar =
      draft.calendar &&
      writeReservationCalendar({
        reservation: draft.calendar,
        locale,
        appUrl: notice.appUrl,
        organizer: notice.sender,
        stampedAt: notice.queuedAt,
      })
    return {
      ok: true,
      mail: { subject: tidyLine(draft.subject), ...written, calendar },
    }
  } catch (error) {
    return { ok: false, ...describeFailure(error) }
  }
}

/** The same notice in two lines, with refusals as in `composeNotice`. */
export function composeBrief(
  notice: Recorded,
): { ok: true; brief: Brief } | Extract<Composition, { ok: false }> {
  const drafted = draftNotice(notice)
  if (!drafted.ok) return drafted
  const { brief } = drafted.draft
  return brief
    ? { ok: true, brief }
    : { ok: false, reason: 'unknown-kind', detail: `${tidyLine(notice.kind)} is only mailed` }
}

/** Names the fields of a bad payload, never their contents, which are personal data. */
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
