import { render } from 'react-email'
import { ZodError } from 'zod'
import { type CalendarFile, writeReservationCalendar } from '@/domain/notification/calendar/rules'
import { tidyLine } from '@/domain/notification/rules'
import {
  cancelledPayload,
  type ReservationPayload,
  reservationPayload,
} from '@/domain/notification/schema'
import { type NoticeKind, noticeKinds } from '@/domain/notification/types'
import { isLocale, type Locale } from '@/lib/locale'
import type { Mailbox } from '@/lib/mail-address'
import { accountMails } from './account-mails'
import { defineMail, type MailKind, type Setting } from './mail-kind'
import { describeMoment } from './moment'
import { writePlainText } from './plain-text'
import { ReservationCancelled } from './reservation-cancelled'
import { ReservationConfirmed } from './reservation-confirmed'
import { nameOf } from './reservation-facts'
import { words } from './words'

/** One entry makes a kind of notice a mail: what its payload must be, and what is written from it. */
const mails: Record<NoticeKind, MailKind> = {
  ...accountMails,
  RESERVATION_CONFIRMED: defineMail(reservationPayload, (reservation, setting) => ({
    subject: words[setting.locale].confirmed.subject(describePlace(reservation, setting.locale)),
    body: (
      <ReservationConfirmed
        reservation={reservation}
        locale={setting.locale}
        appUrl={setting.appUrl}
      />
    ),
    calendar: { ...reservation, id: reservation.reservationId, status: 'CONFIRMED' },
  })),
  RESERVATION_CANCELLED: defineMail(cancelledPayload, (reservation, setting) => ({
    subject: words[setting.locale].cancelled.subject({
      ...describePlace(reservation, setting.locale),
      by: reservation.cancelledBy,
    }),
    body: (
      <ReservationCancelled
        reservation={reservation}
        locale={setting.locale}
        appUrl={setting.appUrl}
      />
    ),
    calendar: { ...reservation, id: reservation.reservationId, status: 'CANCELLED' },
  })),
}

function describePlace(reservation: ReservationPayload, locale: Locale) {
  const { timeZone } = reservation.restaurant
  const { shortDate, time } = describeMoment({ at: reservation.startsAt, timeZone, locale })
  return { name: nameOf({ reservation, locale }), date: shortDate, time }
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
