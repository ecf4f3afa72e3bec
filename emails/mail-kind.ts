import type { ReactElement } from 'react'
import type { z } from 'zod'
import type { CalendarReservation } from '@/domain/notification/calendar.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Page } from './template'

/** The target of a link, or a code, and the id of the row that it names. */
export type SealedLink = {
  kind: 'account' | 'invitation' | 'cancel' | 'reservation' | 'ticket' | 'code'
  id: string
}

export type Setting = {
  locale: Locale
  appUrl: string
  /** An id as it may stand in an email: sealed by the service, or as six digits made of it. */
  sealLink: (link: SealedLink) => string
}
/** The notice in two lines, for a phone's lock screen; `url` is where a tap leads. */
export type Brief = { title: string; text: string; url: string }
export type Draft = {
  subject: string
  body: ReactElement | Page
  /** Absent: this kind is only mailed. */
  brief?: Brief
  calendar?: CalendarReservation
}
export type MailKind = (payload: unknown, setting: Setting) => Draft

/** The payload of a kind of notice, and what is written from it. */
export function defineMail<Payload extends z.ZodType>(
  payload: Payload,
  write: (parsed: z.output<Payload>, setting: Setting) => Draft,
): MailKind {
  return (raw, setting) => write(payload.parse(raw), setting)
}
