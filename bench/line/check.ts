import type { TicketStatus } from '@/domain/line/types'
import { LineModel } from './model'

/** One client's request, by the client's clock: when it began, what came, when. */
export interface AskedOfLine {
  accountId: string
  act: 'join' | 'postpone' | 'cancel' | 'look'
  key: string
  startMs: number
  endMs: number
  /** 0: no answer came. */
  status: number
  reason: string
  hasRetryAfter: boolean
  /** Of an answer with a ticket in it. */
  ticketId: string
  number: number
}

/** The rows at the end: one line, its tickets in order, its acts in order. */
export interface LineTruth {
  lastNumber: number
  tickets: {
    id: string
    number: number
    accountId: string | null
    status: TicketStatus
    takenAtMs: number
    endedAtMs: number | null
    lapsesAtMs: number | null
  }[]
  acts: {
    ticketId: string
    act: string
    from: TicketStatus | null
    to: TicketStatus
    atMs: number
    /** Of a postponement. */
    behindNumber: number | null
  }[]
}

export interface LineCourse {
  asked: AskedOfLine[]
  truth: LineTruth
}

export type LineFindingKind =
  | ('error' | 'number-gap' | 'number-twice' | 'number-order')
  | ('joined-without-row' | 'row-without-joined' | 'two-tickets')
  | ('order' | 'status' | 'unlisted-move' | 'lapsed-early' | 'lapsed-late')

export interface LineFinding {
  kind: LineFindingKind
  detail: string
}

const find = (kind: LineFindingKind, detail: string): LineFinding => ({ kind, detail })

/** Checks the recorded history of one line against its rows; empty: G8 to G12 held. */
export function checkLine(course: LineCourse): LineFinding[] {
  return [
    ...findErrors(course),
    ...findUnevenAnswers(course),
    ...findUnbackedAnswers(course),
    ...checkLineRows(course.truth),
  ]
}

/** The same for the rows alone, where requests were not recorded. */
export function checkLineRows(truth: LineTruth): LineFinding[] {
  return [
    ...findNumberFaults(truth),
    ...findOrderFaults(truth),
    ...findUnlistedMoves(truth),
    ...findLapseFaults(truth),
  ]
}

/** Any 5xx but 503 with Retry-After, a 429 without, an answer that never came. */
function findErrors({ asked }: LineCourse): LineFinding[] {
  return asked
    .filter(({ status, hasRetryAfter }) => {
      if (status === 503 || status === 429) return !hasRetryAfter
      return status === 0 || status >= 500
    })
    .map((one) => find('error', tell(one)))
}

/** G8: 1 to the last, each once, in the order in which they were taken. */
function findNumberFaults({ tickets, lastNumber }: LineTruth): LineFinding[] {
  const found: LineFinding[] = []
  const numbers = new Set(tickets.map(({ number }) => number))
  if (numbers.size !== tickets.length) found.push(find('number-twice', `${tickets.length} tickets`))
  for (let number = 1; number <= Math.max(lastNumber, ...numbers); number += 1)
    if (!numbers.has(number)) found.push(find('number-gap', String(number)))
  const byNumber = tickets.toSorted((one, other) => one.number - other.number)
  for (const [index, { takenAtMs, number }] of byNumber.entries())
    if (takenAtMs < (byNumber[index - 1]?.takenAtMs ?? 0))
      found.push(find('number-order', `${number} was taken before the one before it`))
  return found
}

/** G8: a party answered before another one asked has the lower number. */
function findUnevenAnswers({ asked }: LineCourse): LineFinding[] {
  const found: LineFinding[] = []
  const joined = asked.filter(({ act, status }) => act === 'join' && status === 201)
  const byEnd = joined.toSorted((one, other) => one.endMs - other.endMs)
  let ended = 0
  let highest = 0
  for (const one of joined.toSorted((a, b) => a.startMs - b.startMs)) {
    for (let next = byEnd[ended]; next && next.endMs < one.startMs; next = byEnd[ended]) {
      highest = Math.max(highest, next.number)
      ended += 1
    }
    if (one.number < highest) found.push(find('number-order', `${tell(one)}, after ${highest}`))
  }
  return found
}

/** Every 201 has its row, every row its 201 or a lost reply, and no diner has two (G9). */
function findUnbackedAnswers({ asked, truth: { tickets } }: LineCourse): LineFinding[] {
  const found: LineFinding[] = []
  const rows = new Map(tickets.map((row) => [row.id, row]))
  const heard = new Set<string>()
  const lost = new Set<string>()
  const made = new Map<string, string>()
  for (const one of asked) {
    if (one.act !== 'join') continue
    if (one.status === 0 || one.status === 503) lost.add(one.accountId)
    if (one.status !== 201 && one.status !== 200) continue
    heard.add(one.ticketId)
    const row = rows.get(one.ticketId)
    if (row?.number !== one.number || row.accountId !== one.accountId)
      found.push(find('joined-without-row', tell(one)))
    const before = made.get(one.accountId) ?? one.ticketId
    const isOver = (rows.get(before)?.endedAtMs ?? null) !== null
    if (before !== one.ticketId && !isOver) found.push(find('two-tickets', tell(one)))
    made.set(one.accountId, one.ticketId)
  }
  for (const { id, accountId } of tickets)
    if (accountId !== null && !heard.has(id) && !lost.has(accountId))
      found.push(find('row-without-joined', id))
  return found
}

/** G10: replaying the acts on a model without ranks gives the rows' order. */
function findOrderFaults(truth: LineTruth): LineFinding[] {
  const found: LineFinding[] = []
  const model = replayLine({
    truth,
    onAct: ({ act, number, done }) => {
      if (done !== true) found.push(find('order', `${act} of ${number}: ${done}`))
    },
  })
  const told = truth.tickets.map(({ number }) => number).join()
  if (model.everybody().join() !== told) found.push(find('order', told))
  for (const { number, status } of truth.tickets)
    if (model.statusOf(number) !== status)
      found.push(find('status', `${number}: ${status}, its acts say ${model.statusOf(number)}`))
  return found
}

/** Replays every act of a line from its beginning; `done` is why one couldn't be. */
export function replayLine({
  truth: { tickets, acts },
  onAct,
}: {
  truth: LineTruth
  onAct: (done: {
    act: string
    number: number
    atMs: number
    done: true | string
    model: LineModel
  }) => void
}): LineModel {
  const numbers = new Map(tickets.map(({ id, number }) => [id, number]))
  const model = new LineModel()
  for (const one of acts) {
    const number = numbers.get(one.ticketId) ?? 0
    onAct({ ...one, number, done: perform({ ...one, model, number }), model })
  }
  return model
}

function perform({
  model,
  number,
  act,
  to,
  behindNumber,
}: Pick<LineTruth['acts'][number], 'act' | 'to' | 'behindNumber'> & {
  model: LineModel
  number: number
}): true | string {
  if (act === 'TAKE') return model.join() === number || 'not the next number'
  if (act === 'POSTPONE') return model.postpone(number, behindNumber ?? 0)
  if (act === 'PUT_BACK') return model.putBack(number)
  return model.set(number, to)
}

const MOVES: Record<string, Partial<Record<TicketStatus, TicketStatus[]>>> = {
  POSTPONE: { POSTPONED: ['WAITING', 'POSTPONED'] },
  CALL: { CALLED: ['WAITING', 'POSTPONED'] },
  LAST_CALL: { LAST_CALLED: ['WAITING', 'POSTPONED', 'CALLED'] },
  SEAT: { SEATED: ['WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED'] },
  CANCEL: { CANCELLED: ['WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED'] },
  LAPSE: { LAPSED: ['LAST_CALLED'] },
  PUT_BACK: { WAITING: ['LAPSED'] },
}

/** G11: each act continues from the previous one's status, along the table; an undo goes back. */
function findUnlistedMoves({ acts }: LineTruth): LineFinding[] {
  const last = new Map<string, TicketStatus>()
  return acts.flatMap(({ ticketId, act, from, to }) => {
    const before = last.get(ticketId) ?? null
    last.set(ticketId, to)
    if (act === 'TAKE') return before === null ? [] : [find('unlisted-move', `${ticketId} again`)]
    const isListed = act === 'UNDO' || (from !== null && MOVES[act]?.[to]?.includes(from) === true)
    return from === before && isListed
      ? []
      : [find('unlisted-move', `${ticketId}: ${act} from ${from} to ${to}, it was ${before}`)]
  })
}

/** G12: no party lapses before the deadline, and none is seated or cancelled after it. */
function findLapseFaults({ tickets }: LineTruth): LineFinding[] {
  return tickets.flatMap(({ number, status, endedAtMs, lapsesAtMs }) => {
    if (lapsesAtMs === null || endedAtMs === null) return []
    if (status === 'LAPSED')
      return endedAtMs < lapsesAtMs ? [find('lapsed-early', String(number))] : []
    return endedAtMs >= lapsesAtMs ? [find('lapsed-late', String(number))] : []
  })
}

function tell({ accountId, act, status, reason, number, startMs, endMs }: AskedOfLine): string {
  const took = Math.round(endMs - startMs)
  return `${accountId}, ${act}: ${status} ${reason}, number ${number}, after ${took} ms`
}
