import type { ReactElement } from 'react'
import type { z } from 'zod'
import type { CalendarReservation } from '@/domain/notification/calendar.rules'
import type { Locale } from '@/lib/i18n/locale'

/** What a link leads to, and the row's id it is made of. */
export type SealedLink = { kind: 'account' | 'invitation' | 'cancel' | 'ticket'; id: string }

export type Setting = {
  locale: Locale
  appUrl: string
  /** An id as it may stand in a link: under the service's seal. */
  sealLink: (link: SealedLink) => string
}
/** The same in two lines, for a phone's lock screen; `url` is where a tap leads. */
export type Brief = { title: string; text: string; url: string }
export type Draft = {
  subject: string
  body: ReactElement
  /** Absent: this kind is only mailed. */
  brief?: Brief
  calendar?: CalendarReservation
}
export type MailKind = (payload: unknown, setting: Setting) => Draft

/** What a kind of notice's payload must be, and what is written from it. */
export function defineMail<Payload extends z.ZodType>(
  payload: Payload,
  write: (parsed: z.output<Payload>, setting: Setting) => Draft,
): MailKind {
  return (raw, setting) => write(payload.parse(raw), setting)
}
