import {
  decideMove,
  isCorrection,
  listActs,
  MOST_WAIT_HOURS,
  outcomeOf,
} from '@/domain/booking/rules'
import type { CorrectedStatus } from '@/domain/booking/schema'
import { type ReservationAct, reservationActs } from '@/domain/booking/types'
import { outcomeOf as ticketOutcomeOf } from '@/domain/line/rules'
import { type StaffTicketAct, staffTicketActs } from '@/domain/line/waiting.types'
import { type UsualReason, usualReasons } from '@/domain/notification/usual-reason.types'
import type { DayParty } from './schema'

/** The service forgets keys after a day, and taps from yesterday evening are no longer meant. */
const MOST_AGE_MS = MOST_WAIT_HOURS * 3_600_000

/** Acts on one party or one slot go one after the other; walk-ins wait for no other act. */
export function laneOf({ key, work }: Pick<QueuedAct, 'key' | 'work'>): string {
  if (work.kind === 'WALK_IN') return key
  if (work.kind === 'TICKET') return work.ticketId
  return work.kind === 'BLOCK' ? work.slotId : work.reservationId
}

/** The parties or slots that show the act as waiting. */
export function listMarked({ work }: QueuedAct): string[] {
  if (work.kind === 'WALK_IN') return work.slotIds
  if (work.kind === 'TICKET') return [work.ticketId, ...work.slotIds]
  if (work.kind === 'CHANGE' && work.change.swapWith)
    return [work.reservationId, work.change.swapWith]
  return [work.kind === 'BLOCK' ? work.slotId : work.reservationId]
}

/** Acts that leave every table as it is. */
const keepsTables: readonly string[] = ['ARRIVE', 'CORRECT_ARRIVAL', 'CONFIRM']

/** Whether the act needs a table, which one tapped before it may have freed. */
function takesTable({ work }: QueuedAct): boolean {
  if (work.kind === 'MOVE') return work.act === 'SEAT' || isCorrection(work.act)
  if (work.kind === 'TICKET') return work.act === 'SEAT'
  return work.kind === 'WALK_IN' || work.kind === 'CHANGE'
}

/** Whether the act may free a table for one tapped after it. */
function freesTable({ work }: QueuedAct): boolean {
  if (work.kind === 'MOVE') return work.act !== 'SEAT' && !keepsTables.includes(work.act)
  if (work.kind === 'UNDO') return work.undone === 'TICKET_SEAT' || !isTicketWork(work.undone)
  return work.kind === 'CHANGE' || work.kind === 'BLOCK'
}

/**
 * The acts that may be in flight now: the oldest of each party. One that takes a table waits for those
 * tapped before it that may free it.
 */
export function listHeads<Act extends QueuedAct>(acts: Act[]): Act[] {
  const lanes = new Set<string>()
  let isFreeing = false
  return acts.filter((act) => {
    const lane = laneOf(act)
    const isHead = !lanes.has(lane) && !(isFreeing && takesTable(act))
    lanes.add(lane)
    isFreeing ||= freesTable(act)
    return isHead
  })
}

/** Only an act that never left the device can be taken back without asking the server. */
export function canTakeBack({ act, acts }: { act: QueuedAct; acts: QueuedAct[] }): boolean {
  // A later tap on the same party builds on this one.
  const last = acts.findLast((other) => laneOf(other) === laneOf(act))
  return !act.wasSent && last?.key === act.key
}

export function isOutdated({ act, nowMs }: { act: QueuedAct; nowMs: number }): boolean {
  return nowMs - Date.parse(act.tappedAt) > MOST_AGE_MS
}

/** The party as it will be once its waiting acts are done, for the next buttons. */
export function projectParty({ party, acts }: { party: DayParty; acts: QueuedAct[] }): DayParty {
  const status = acts.reduce((before, { work }) => {
    if (work.kind !== 'MOVE' || work.reservationId !== party.reservationId) return before
    const decided = decideMove({ ...party, status: before, act: work.act, by: 'OWNER' })
    return decided.ok ? decided.value : before
  }, party.status)
  if (status === party.status) return party
  return { ...party, status, acts: listActs({ ...party, status, by: 'OWNER' }) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isAct(value: unknown): value is ReservationAct {
  return reservationActs.some((act) => act === value)
}

function isUsualReason(value: unknown): value is UsualReason {
  return usualReasons.some((known) => known === value)
}

function isTicketAct(value: unknown): value is StaffTicketAct {
  return staffTicketActs.some((act) => act === value)
}

export function isTicketWork(value: unknown): value is TicketWork {
  return staffTicketActs.some((act) => `TICKET_${act}` === value)
}

export const readNumbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((number) => typeof number === 'number') : []

function readTicketWork(value: Partial<Record<string, unknown>>): QueuedWork | null {
  const { ticketId, number, act, slotIds, reason, canBeTold } = value
  const tableNumbers = readNumbers(value.tableNumbers)
  if (!isText(ticketId) || typeof number !== 'number' || !isTicketAct(act)) return null
  return {
    kind: 'TICKET',
    ticketId,
    number,
    act,
    slotIds: Array.isArray(slotIds) ? slotIds.filter(isText) : [],
    ...(tableNumbers.length > 0 && { tableNumbers }),
    reason: isText(reason) ? reason : null,
    canBeTold: canBeTold !== false,
  }
}

/** Null: nothing is left to ask for. */
function readChange(stored: unknown): PlaceChange | null {
  if (!(stored instanceof Object)) return null
  const value: Partial<Record<string, unknown>> = { ...stored }
  const { serviceDate, startsAt, partySize, minutes, swapWith } = value
  const tableNumbers = readNumbers(value.tableNumbers)
  const change: PlaceChange = {
    ...(isText(serviceDate) && { serviceDate }),
    ...(isText(startsAt) && { startsAt }),
    ...(typeof partySize === 'number' && { partySize }),
    ...(typeof minutes === 'number' && { minutes }),
    ...(isText(swapWith) && { swapWith }),
    ...(tableNumbers.length > 0 && { tableNumbers }),
  }
  if (Object.keys(change).length === 0) return null
  const { sequence, swapSequence } = value
  return {
    ...change,
    ...(typeof sequence === 'number' && { sequence }),
    ...(typeof swapSequence === 'number' && { swapSequence }),
    ...(value.override === true && { override: true }),
  }
}

function readWalkIn({
  slotIds,
  partySize,
  hasNote,
  ...value
}: Partial<Record<string, unknown>>): QueuedWork | null {
  if (!Array.isArray(slotIds) || typeof partySize !== 'number') return null
  const tableNumbers = readNumbers(value.tableNumbers)
  return {
    kind: 'WALK_IN',
    slotIds: slotIds.filter(isText),
    ...(tableNumbers.length > 0 && { tableNumbers }),
    partySize,
    hasNote: hasNote === true,
  }
}

function readWork(stored: object): QueuedWork | null {
  const value: Partial<Record<string, unknown>> = { ...stored }
  const {
    kind,
    reservationId,
    act,
    actId,
    undone,
    slotId,
    isBlocked,
    ticketNumber,
    isWalkIn,
    minutes,
  } = value
  if (kind === 'WALK_IN') return readWalkIn(value)
  if (kind === 'BLOCK')
    return isText(slotId) && typeof isBlocked === 'boolean' ? { kind, slotId, isBlocked } : null
  if (kind === 'TICKET') return readTicketWork(value)
  if (!isText(reservationId)) return null
  if (kind === 'LATE') return typeof minutes === 'number' ? { kind, reservationId, minutes } : null
  if (kind === 'MOVE' && isAct(act))
    return {
      kind,
      reservationId,
      act,
      ...(isWalkIn === true && { isWalkIn }),
      ...(isText(value.reason) && { reason: value.reason }),
      ...(isUsualReason(value.usualReason) && { usualReason: value.usualReason }),
    }
  if (kind === 'CHANGE') {
    const change = readChange(value.change)
    return change && { kind, reservationId, change }
  }
  if (kind !== 'UNDO' || !isText(actId)) return null
  if (isTicketWork(undone) && typeof ticketNumber === 'number')
    return { kind, reservationId, actId, undone, ticketNumber }
  const isKnown = isAct(undone) || undone === 'WALK_IN' || undone === 'BOOK' || undone === 'CHANGE'
  return isKnown ? { kind, reservationId, actId, undone } : null
}

/** What a correction asks for. Null: the act is no correction. */
export function correctedTo({
  act,
  isWalkIn = false,
}: {
  act: ReservationAct
  isWalkIn?: boolean | undefined
}): CorrectedStatus | null {
  if (!isCorrection(act)) return null
  return act === 'CORRECT_LEAVE' || isWalkIn ? 'SEATED' : 'CONFIRMED'
}

/**
 * Whether an act that could not be done had been done already: on the other tablet staff had wished
 * the same.
 */
export function isDoneAlready({
  work,
  reason,
  present,
}: {
  work: QueuedWork
  reason: string
  /** The status that prevented it. Null: something else did. */
  present: string | null
}): boolean {
  if (reason !== 'cannot-move' || present === null) return false
  if (work.kind === 'TICKET') return present === ticketOutcomeOf(work.act)
  return work.kind === 'MOVE' && present === (correctedTo(work) ?? outcomeOf(work.act))
}

/** An act this device had stored; null when it can't be read any more. */
export function readQueuedAct(text: string): QueuedAct | null {
  let stored: unknown
  try {
    stored = JSON.parse(text)
  } catch {
    return null
  }
  if (!(stored instanceof Object) || !('work' in stored && stored.work instanceof Object))
    return null
  const work = readWork(stored.work)
  if (!work || !('key' in stored && isText(stored.key))) return null
  if (!('tappedAt' in stored && isText(stored.tappedAt))) return null
  const wasSent = 'wasSent' in stored && stored.wasSent === true
  const override = 'override' in stored && stored.override === true
  const author = 'author' in stored && isText(stored.author) ? { author: stored.author } : {}
  return { key: stored.key, work, tappedAt: stored.tappedAt, wasSent, override, ...author }
}

/** Where staff move a party; what is absent stays. */
export type PlaceChange = {
  serviceDate?: string
  startsAt?: string
  partySize?: number
  tableNumbers?: number[]
  minutes?: number
  /** The reservation with which it changes places. */
  swapWith?: string
  /** Which state of the party staff saw. A change of another state is refused. */
  sequence?: number
  /** The same of the party it changes places with. */
  swapSequence?: number
  /** Staff saw that the table is smaller than the party, and insist. */
  override?: boolean
}

/** An act on a ticket of the line, distinct from the same act on a reservation. */
export type TicketWork = `TICKET_${StaffTicketAct}`

export type QueuedWork =
  | {
      kind: 'MOVE'
      reservationId: string
      act: ReservationAct
      /** A walk-in that comes back sits again, because it has no booking. Absent: it booked. */
      isWalkIn?: boolean
      /** The reason the diner reads when the party is cancelled, as it was typed. Absent: none. */
      reason?: string
      /** A usual reason instead, which the diner reads in their own language. */
      usualReason?: UsualReason
    }
  | {
      kind: 'CHANGE'
      reservationId: string
      change: PlaceChange
    }
  | {
      kind: 'WALK_IN'
      slotIds: string[]
      /** Tables from now on, off the plan, instead of slots. Absent: slots. */
      tableNumbers?: number[]
      partySize: number
      /** Staff wrote a note about the party; the text itself stays in the page. */
      hasNote: boolean
    }
  /** A guest has said how late the party will be; 0 takes it back. */
  | { kind: 'LATE'; reservationId: string; minutes: number }
  /** Blocks a slot, or opens it again. */
  | { kind: 'BLOCK'; slotId: string; isBlocked: boolean }
  | {
      kind: 'TICKET'
      ticketId: string
      number: number
      act: StaffTicketAct
      /** The slots the party sits down at; empty for every other act. */
      slotIds: string[]
      /** Tables from now on, off the plan, instead of slots. Absent: slots. */
      tableNumbers?: number[]
      /** The reason the diner reads when the party is cancelled. Null: none. */
      reason: string | null
      /** False: no notice reaches the party, and staff call it themselves. */
      canBeTold: boolean
    }
  | {
      kind: 'UNDO'
      /** The reservation's id, or the ticket's. */
      reservationId: string
      actId: string
      undone: ReservationAct | 'WALK_IN' | 'BOOK' | 'CHANGE' | TicketWork
      /** The ticket's number, if the act is about a ticket. */
      ticketNumber?: number
    }

/** A tap that has not been answered yet. Of a guest it holds only an id. */
export type QueuedAct = {
  /** The `Idempotency-Key`: the act is done once, however often it is sent. */
  key: string
  work: QueuedWork
  /** By the database's clock, ISO 8601. */
  tappedAt: string
  /** It has left the device at least once, so the server may have done it. */
  wasSent: boolean
  /** Staff were told that the party is of another date, and insist. */
  override: boolean
  /** Who tapped it on a shared tablet, by their token. Absent: the device is one person's. */
  author?: string
}
