'use client'

import { type RefObject, useMemo, useState } from 'react'
import { makeKey } from '@/components/ui/client/ask'
import { serverClock } from '@/components/ui/client/server-clock'
import { useStable } from '@/components/ui/use-stable'
import { type ReservationAct, reservationStatuses } from '@/domain/booking/types'
import { applyBlock, applyLateness, applySequence, applyStatus } from '@/domain/floor/change.rules'
import { nameSeen } from '@/domain/floor/place-change.rules'
import type { PlaceChange, QueuedAct, QueuedWork } from '@/domain/floor/queue.rules'
import { laneOf, listMarked } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import { type TicketStatus, ticketStatuses } from '@/domain/line/types'
import type { StaffTicketAct, WaitingTicket } from '@/domain/line/waiting.types'
import type { UsualReason } from '@/domain/notification/usual-reason.types'
import type { Locale } from '@/lib/i18n/locale'
import type { FinalAnswer, Moved, PendingAct } from './act-sender'
import { type Booked, describeBooked, describeSubject, listAnswerBars } from './answer-bars'
import type { AuthorState, By } from './use-author'
import { type DoneBar, type Subject, useBars } from './use-bars'
import { useQueue } from './use-queue'

/** Long enough for the next poll to bring this device's own change. */
const OWN_MS = 3_000

export type TicketWish = {
  ticket: Pick<WaitingTicket, 'id' | 'number' | 'canBeTold'>
  act: StaffTicketAct
  slotIds?: string[]
  tableNumbers?: number[]
  reason?: string | null
}

/** Why a party is cancelled, in the staff's own words or as a usual reason. */
export type CancelReason = { reason?: string; usualReason?: UsualReason }

export type WalkInWish = {
  slotIds: string[]
  tableNumbers?: number[]
  partySize: number
  note?: string | undefined
}

type Options = {
  day: Day
  accountId: string
  locale: Locale
  /** The ids this device is changing; see `useDay`. */
  ownIds: RefObject<Set<string>>
  changeDay: (change: (day: Day) => Day) => void
  changeLine: (moved: { ticketId: string; status: TicketStatus }) => void
  author: Pick<AuthorState, 'authorise' | 'forget'>
  /** Refreshes the day and the line. */
  refresh: () => void
}

export function keyOf({ party, work }: { party: DayParty; work: ReservationAct | 'LATE' }): string {
  return `${party.reservationId} ${work}`
}

export function changeKeyOf({ reservationId }: { reservationId: string }): string {
  return `${reservationId} CHANGE`
}

export function ticketKeyOf({ ticketId, act }: { ticketId: string; act: StaffTicketAct }): string {
  return `${ticketId} ${act}`
}

/** The key under which a button finds its pending act and disables itself. */
function pendingKeyOf({ work }: QueuedAct): string {
  if (work.kind === 'MOVE') return `${work.reservationId} ${work.act}`
  if (work.kind === 'LATE') return `${work.reservationId} LATE`
  if (work.kind === 'CHANGE') return changeKeyOf(work)
  if (work.kind === 'BLOCK') return work.slotId
  if (work.kind === 'TICKET') return ticketKeyOf(work)
  return work.kind === 'UNDO' ? work.actId : 'WALK_IN'
}

function markForAWhile({ ownIds, ids }: { ownIds: Set<string>; ids: string[] }) {
  for (const id of ids) ownIds.add(id)
  setTimeout(() => {
    for (const id of ids) ownIds.delete(id)
  }, OWN_MS)
}

/** Nobody said who acts: the act was not made, and the panel with what was typed stays. */
const NOT_MADE = { kind: 'not-made' } as const

/** True once the act is done or queued for the network. */
function isAway(answer: FinalAnswer | typeof NOT_MADE | null): boolean {
  return answer === null || answer.kind === 'done'
}

const isAboutAuthor = (reason: string) => reason === 'author-needed' || reason === 'author-ended'

type Wish = { work: QueuedWork; note?: string | undefined; override?: boolean }

/** An act refused because its party is of another date, until staff insist or leave it. */
export type Doubt = { act: PendingAct; subject: Subject; serviceDate: string }

/** Staff are asked about one after the other. */
function useDoubts() {
  const [doubts, setDoubts] = useState<Doubt[]>([])
  const [doubt = null] = doubts
  const raise = (raised: Doubt) => setDoubts((before) => [...before, raised])
  const leave = useStable(() => setDoubts((before) => before.slice(1)))
  return { doubt, raise, leave }
}

/** The queue of tapped acts, with a bar for each outcome. */
function useToldQueue(options: Options) {
  const { day, accountId, locale, ownIds, author, changeDay, changeLine, refresh } = options
  const { bars, put, drop, solve } = useBars()
  const { doubt, raise, leave } = useDoubts()
  const readClockMs = () => serverClock.readMs() ?? Date.parse(day.asOf)

  const markOwn = (ids: string[]) => markForAWhile({ ownIds: ownIds.current, ids })

  function apply({ work, moved: { id, status, sequence } }: { work: QueuedWork; moved: Moved }) {
    if (work.kind === 'BLOCK') return changeDay((before) => applyBlock({ day: before, ...work }))
    markOwn([id])
    if (work.kind === 'LATE') return changeDay((before) => applyLateness({ day: before, ...work }))
    if (work.kind === 'TICKET' || (work.kind === 'UNDO' && work.ticketNumber)) {
      const fresh = ticketStatuses.find((known) => known === status)
      if (fresh) changeLine({ ticketId: id, status: fresh })
      return
    }
    if (sequence !== undefined)
      changeDay((before) => applySequence({ day: before, reservationId: id, sequence }))
    // The day is read anew at once, and has the party at its place.
    if (work.kind === 'CHANGE' || (work.kind === 'UNDO' && work.undone === 'CHANGE')) return
    const fresh = reservationStatuses.find((known) => known === status)
    if (fresh) changeDay((before) => applyStatus({ day: before, reservationId: id, status: fresh }))
  }

  /** The party of an act that is taken back may be of another date: its own bar names it. */
  function describe(work: QueuedWork): Subject {
    const subject = describeSubject({ day, work })
    const bar = work.kind === 'UNDO' ? bars.find(({ id }) => id === work.actId) : undefined
    return bar ? { ...subject, party: bar.party } : subject
  }

  const queue = useQueue({
    accountId,
    restaurantId: day.restaurantId,
    asOf: day.asOf,
    locale,
    onAnswer: ({ act, answer }) => {
      const subject = describe(act.work)
      const nowMs = readClockMs()
      const serviceDate = answer.kind === 'refused' ? answer.serviceDate : null
      if (serviceDate) return raise({ act, subject, serviceDate })
      if (answer.kind === 'refused' && isAboutAuthor(answer.reason)) author.forget()
      const tell = () => {
        for (const bar of listAnswerBars({ act, answer, subject, nowMs })) put(bar)
      }
      if (answer.kind === 'refused' && answer.reason === 'author-needed')
        return void askAgain({ act, tell })
      if (answer.kind === 'done') solve([laneOf(act), ...listMarked(act)])
      tell()
      if (answer.kind === 'done') apply({ work: act.work, moved: answer.value })
      refresh()
    },
    onUncertain: refresh,
    onOutdated: ({ key, work, wasSent }) =>
      put({ ...describeSubject({ day, work }), id: key, kind: 'OUTDATED', wasSent }),
  })

  function add({ by, ...wish }: Wish & { by: By }) {
    const tappedAt = new Date(readClockMs()).toISOString()
    const act = { key: makeKey(), override: false, ...wish, tappedAt, wasSent: false, ...by }
    markOwn(listMarked(act))
    return queue.add(act)
  }

  /** Its author was no longer known when an act arrived. Where nobody says who acts, it is told as refused. */
  async function askAgain({ act, tell }: { act: PendingAct; tell: () => void }): Promise<void> {
    const by = await author.authorise()
    const { work, note, override } = act
    if (by) await add({ work, note, override, by })
    else tell()
  }

  async function send(wish: Wish): Promise<FinalAnswer | typeof NOT_MADE | null> {
    const by = await author.authorise()
    return by ? add({ ...wish, by }) : NOT_MADE
  }

  /** A bar about an earlier day returns after a reload until staff close it. */
  const close = useStable((id: string) => {
    if (bars.some((bar) => bar.id === id && bar.kind === 'OUTDATED')) queue.forget(id)
    drop(id)
  })

  function tellBooked(told: Booked) {
    markOwn([told.booked.id])
    put(describeBooked({ ...told, nowMs: readClockMs() }))
    refresh()
  }

  const { acts: queued, takeBack } = queue
  return { bars, put, close, queued, takeBack, send, doubt, leaveDoubt: leave, tellBooked }
}

/** The staff's acts: which ones wait, how the latest ended, and how to undo it. */
export function useActs(options: Options) {
  const { bars, put, close, queued, takeBack, send, doubt, leaveDoubt, tellBooked } =
    useToldQueue(options)

  async function act(
    party: DayParty,
    work: ReservationAct,
    why: CancelReason = {},
  ): Promise<boolean> {
    const { reservationId } = party
    const by = {
      reservationId,
      ...(party.walkIn && { isWalkIn: true }),
      ...why,
    }
    return isAway(await send({ work: { kind: 'MOVE', act: work, ...by } }))
  }

  /** Notes how late the party has said it will be; 0 takes it back. */
  async function sayLate({ reservationId }: DayParty, minutes: number): Promise<boolean> {
    return isAway(await send({ work: { kind: 'LATE', reservationId, minutes } }))
  }

  async function change(
    { reservationId }: Pick<DayParty, 'reservationId'>,
    wish: PlaceChange,
  ): Promise<boolean> {
    const seen = nameSeen({ reservationId, change: wish, parties: options.day.parties })
    return isAway(await send({ work: { kind: 'CHANGE', reservationId, change: seen } }))
  }

  /** Staff were told that the date was closed, or its opening announced, and insist. */
  async function correctAnyway(work: QueuedWork): Promise<boolean> {
    return isAway(await send({ work, override: true }))
  }

  async function seatWalkIn({ note, ...wish }: WalkInWish): Promise<boolean> {
    const work = { kind: 'WALK_IN' as const, ...wish, hasNote: note !== undefined }
    return isAway(await send({ work, note }))
  }

  /** Acts on a party in line; `slotIds` or `tableNumbers` say where it is seated. */
  async function actOnTicket({
    ticket: { id: ticketId, number, canBeTold },
    act: work,
    slotIds = [],
    tableNumbers,
    reason = null,
  }: TicketWish): Promise<boolean> {
    return isAway(
      await send({
        work: {
          kind: 'TICKET',
          ticketId,
          number,
          act: work,
          slotIds,
          ...(tableNumbers && { tableNumbers }),
          reason,
          canBeTold,
        },
      }),
    )
  }

  async function block(slotId: string, isBlocked: boolean): Promise<boolean> {
    return isAway(await send({ work: { kind: 'BLOCK', slotId, isBlocked } }))
  }

  /** Staff insist on acting on a party of another date. */
  async function insist({ act: { work, note } }: Doubt): Promise<boolean> {
    leaveDoubt()
    return isAway(await send({ work, note, override: true }))
  }

  async function undo(bar: DoneBar): Promise<void> {
    const { id, work, party, act: done, ticketNumber } = bar
    const about = ticketNumber === undefined ? {} : { ticketNumber }
    if (work === 'BLOCK' || work === 'UNBLOCK' || work === 'LATE' || done.actId === null) return
    const undoing = { kind: 'UNDO' as const, reservationId: done.id, actId: done.actId, ...about }
    if (!navigator.onLine)
      put({ id, lane: done.id, work, party, ...about, isUndo: true, kind: 'NOT_SENT' })
    else await send({ work: { ...undoing, undone: work } })
  }

  const pending: ReadonlySet<string> = useMemo(() => new Set(queued.map(pendingKeyOf)), [queued])
  return {
    bars,
    pending,
    queued,
    doubt,
    act,
    sayLate,
    change,
    correctAnyway,
    actOnTicket,
    seatWalkIn,
    block,
    insist,
    leaveDoubt,
    undo,
    drop: close,
    takeBack,
    tellBooked,
  }
}
