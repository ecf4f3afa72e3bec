import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import {
  type BoardControls,
  type BoardLive,
  type BoardView,
  ControlsContext,
  LiveContext,
  ViewContext,
} from '@/components/floor/state/board-context'
import { WordsProvider } from '@/components/floor/words/words-provider'
import type { Day, DayParty, DaySlot } from '@/domain/floor/schema'
import type { Locale } from '@/lib/i18n/locale'
import enOwner from '@/messages/en/owner.json'
import enWaiting from '@/messages/en/waiting.json'
import koOwner from '@/messages/ko/owner.json'
import koWaiting from '@/messages/ko/waiting.json'

const DATE = '2026-09-14'
const SEOUL = 9 * 3_600_000

/** An instant of the evening's date, by Seoul's clock. */
export const atSeoul = (time: string) =>
  new Date(Date.parse(`${DATE}T${time}:00.000Z`) - SEOUL).toISOString()

export function makeParty(given: Partial<DayParty> = {}): DayParty {
  return {
    ...{ reservationId: 'a', status: 'CONFIRMED', partySize: 2, name: '김민수', walkIn: false },
    ...{ phone: null, note: null, allergies: null, staffNote: null, entry: null, guest: null },
    ...{ startsAt: atSeoul('18:00'), endsAt: atSeoul('19:30'), holdExpiresAt: null },
    ...{ awaitsStaff: false, cancelledBy: null, arrivedAt: null, seatedAt: null, leftAt: null },
    ...{
      sequence: 0,
      leftByDayCut: false,
      source: null,
      minutesOver: 0,
      lateMinutes: null,
      minutesLate: 0,
    },
    ...{ slotIds: [], tableNumbers: [1], acts: [] },
    ...given,
  }
}

export function makeSlot(
  given: Partial<DaySlot> & { slotId: string; from: string; to: string },
): DaySlot {
  const { from, to, ...slot } = given
  return {
    ...{ tableNumber: 1, minParty: 1, maxParty: 4, state: 'FREE', reservationId: null },
    ...{ offPlan: false, startsAt: atSeoul(from), endsAt: atSeoul(to) },
    ...slot,
  }
}

const nothing = () => {}
const later = async () => {}

/** A device of one person's. */
const nobodyAsked: BoardLive['author'] = {
  ...{ tablet: null, acting: null, isAsking: false, authorise: async () => ({}) },
  ...{ begin: nothing, change: nothing, leave: nothing, forget: nothing },
}

const controlsIn = (locale: Locale): BoardControls => ({
  identity: { accountId: 'account', slug: 'bab', canSettle: true, origin: 'http://bab', locale },
  ...{
    authorise: async () => ({}),
    reload: nothing,
    openPanel: nothing,
    openTicket: nothing,
    closePanel: nothing,
  },
  ...{ closePanelOf: nothing, openParty: nothing, moveParty: nothing, toggleSlot: nothing },
  ...{ chooseBlock: nothing, actOnParty: later, sayLate: later, changeParty: later },
  ...{ actOnTicket: later, seatWalkIn: later, blockSlot: later, tapTicket: nothing },
  ...{ insist: later, insistOnAct: later, leaveDoubt: nothing, undo: later, dropBar: nothing },
  ...{ takeBack: nothing, tellBooked: nothing },
})

/** The markup of a part of the board, as its evening stands. */
export function showOnBoard({
  part,
  time = '18:10',
  locale = 'ko',
  ...given
}: Partial<Pick<Day, 'tables' | 'slots' | 'parties' | 'closed' | 'combinations'>> & {
  part: ReactNode
  time?: string
  locale?: Locale
}): string {
  const [owner, waiting] = locale === 'ko' ? [koOwner, koWaiting] : [enOwner, enWaiting]
  const evening = { timeZone: 'Asia/Seoul', dayCutMinutes: 300, serviceDate: DATE }
  const day: Day = {
    ...{ restaurantId: 'restaurant', today: DATE, asOf: atSeoul(time), opensAt: null },
    ...{ bookingsOn: true, closed: false, pollAfterMs: 1_000, combinations: [] },
    ...{ areas: [], floorPlan: [] },
    ...{ closures: [], shiftNote: null, tables: [], slots: [], parties: [] },
    ...evening,
    ...given,
  }
  const view: BoardView = {
    ...day,
    ...{ nowMs: Date.parse(day.asOf), marks: new Map(), queued: [] },
    ...{ pending: new Set(), waitingIds: new Set() },
  }
  const live: BoardLive = {
    ...{ day, trouble: null, news: null, waiting: null, shownLine: null, panel: null },
    ...{ bars: [], doubt: null, author: nobodyAsked },
  }
  return renderToStaticMarkup(
    <WordsProvider words={{ owner, waiting, locale, ...evening }}>
      <ControlsContext value={controlsIn(locale)}>
        <ViewContext value={view}>
          <LiveContext value={live}>{part}</LiveContext>
        </ViewContext>
      </ControlsContext>
    </WordsProvider>,
  )
}

/** The words on the buttons, in order. */
export const buttonsOf = (markup: string): string[] =>
  [...markup.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, inside = '']) =>
    inside.replace(/<[^>]*>/g, '').trim(),
  )
