import { ZodError } from 'zod'
import type { Locale } from '@/lib/i18n/locale'
import { nameMoment } from '@/lib/i18n/moment'
import { DEVICE_ALONE, pathToBoard } from './rules'
import {
  type CancelledPayload,
  type ChangedPayload,
  cancelledPayload,
  changedPayload,
  type ReservationPayload,
  reservationPayload,
  type TroublePayload,
  troublePayload,
} from './schema'
import { sayReason } from './usual-reason.rules'

export type SlackText = { title: string; lines: string[]; link: { label: string; path: string } }

const words = {
  ko: {
    booked: '새 예약이 들어왔어요',
    changed: {
      DINER: '손님이 예약 시간을 바꿨어요',
      OWNER: '식당에서 예약 시간을 바꿨어요',
      ADMIN: '밥줄 운영팀이 예약 시간을 바꿨어요',
    },
    before: '이전',
    cancelled: {
      DINER: '손님이 예약을 취소했어요',
      OWNER: '식당에서 예약을 취소했어요',
      ADMIN: '밥줄 운영팀이 예약을 취소했어요',
    },
    party: (count: number) => `${count}명`,
    note: '요청 사항',
    reason: '이유',
    board: '현황판 열기',
    trouble: '손님에게 알림을 보내지 못했어요',
    device: '손님의 휴대폰',
    history: '알림 내역 열기',
    more: '한 시간에 한 번만 알려 드려요. 모두 알림 내역에 있어요.',
  },
  en: {
    booked: 'New booking',
    changed: {
      DINER: 'A guest changed the time of a booking',
      OWNER: 'The restaurant changed the time of a booking',
      ADMIN: 'Bobjool changed the time of a booking',
    },
    before: 'Before',
    cancelled: {
      DINER: 'A guest cancelled',
      OWNER: 'The restaurant cancelled a booking',
      ADMIN: 'Bobjool cancelled a booking',
    },
    party: (count: number) => `party of ${count}`,
    note: 'Note',
    reason: 'Reason',
    board: 'Open the board',
    trouble: 'A notice to a guest could not be delivered',
    device: 'A guest’s phone',
    history: 'Open the history',
    more: 'You hear of this once an hour; the history has them all.',
  },
} as const

/** One line about a party for the restaurant's Slack: who comes, and when. */
function describeParty(reservation: ReservationPayload, locale: Locale): string {
  const { startsAt, serviceDate, partySize, dinerName, restaurant } = reservation
  const { timeZone } = restaurant
  const when = nameMoment({ at: startsAt, serviceDate, timeZone, locale })
  const parts = [when, words[locale].party(partySize), dinerName]
  return parts.filter((part) => part !== null).join(' · ')
}

function writeBooked(reservation: ReservationPayload, locale: Locale): SlackText {
  const { booked, note, board } = words[locale]
  return {
    title: booked,
    lines: [
      describeParty(reservation, locale),
      ...(reservation.note ? [`${note}: ${reservation.note}`] : []),
    ],
    link: { label: board, path: pathToBoard(reservation) },
  }
}

function writeChanged(reservation: ChangedPayload, locale: Locale): SlackText {
  const { changed, before, board } = words[locale]
  const { partySize = reservation.partySize, ...time } = reservation.before
  const old = { ...reservation, ...time, partySize }
  return {
    title: changed[reservation.changedBy],
    lines: [describeParty(reservation, locale), `${before}: ${describeParty(old, locale)}`],
    link: { label: board, path: pathToBoard(reservation) },
  }
}

function writeCancelled(reservation: CancelledPayload, locale: Locale): SlackText {
  const { cancelled, reason, board } = words[locale]
  const why = sayReason({ ...reservation, locale })
  return {
    title: cancelled[reservation.cancelledBy],
    lines: [describeParty(reservation, locale), ...(why ? [`${reason}: ${why}`] : [])],
    link: { label: board, path: pathToBoard(reservation) },
  }
}

function writeTrouble({ recipient, error, restaurant }: TroublePayload, locale: Locale): SlackText {
  const { trouble, device, history, more } = words[locale]
  return {
    title: trouble,
    lines: [`${recipient === DEVICE_ALONE ? device : recipient}${error ? `: ${error}` : ''}`, more],
    link: { label: history, path: `/owner/${restaurant.slug}/notices?state=DEAD` },
  }
}

type SlackNotice = { kind: string; payload: unknown }

/** The text of a notice for the restaurant's Slack. Null: this kind is not posted there. */
function writeText({ kind, payload }: SlackNotice, locale: Locale): SlackText | null {
  if (kind === 'RESERVATION_CONFIRMED')
    return writeBooked(reservationPayload.parse(payload), locale)
  if (kind === 'RESERVATION_CHANGED') return writeChanged(changedPayload.parse(payload), locale)
  if (kind === 'RESERVATION_CANCELLED')
    return writeCancelled(cancelledPayload.parse(payload), locale)
  if (kind === 'DELIVERY_TROUBLE') return writeTrouble(troublePayload.parse(payload), locale)
  return null
}

/** A bad payload is a value, because a retry would not help. */
export function tryToWrite(notice: SlackNotice, locale: Locale): SlackText | { failed: string } {
  try {
    return writeText(notice, locale) ?? { failed: `unknown-kind: ${notice.kind}` }
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    return { failed: `bad-payload: ${error.issues.map(({ path }) => path.join('.')).join(', ')}` }
  }
}
