import { type Answer, ask, type Problem, textOf } from '@/components/ui/client/ask'
import { askUntilAnswered, pause } from '@/components/ui/client/retry'
import { type ReservationStatus, reservationStatuses } from '@/domain/booking/types'
import { followAct } from '@/domain/floor/place-change.rules'
import type { QueuedAct, QueuedWork } from '@/domain/floor/queue.rules'
import {
  canTakeBack,
  correctedTo,
  laneOf,
  listHeads,
  readNumbers,
} from '@/domain/floor/queue.rules'
import { type TicketStatus, ticketStatuses } from '@/domain/line/types'
import type { Locale } from '@/lib/i18n/locale'
import type { KeptActs } from './kept-acts'
import { headersOf } from './use-author'

/** An answer that arrives sooner needs no "sending" before it. */
const SLOW_MS = 700

/**
 * Retries without limit, also after a 401 or 5xx: the act waits until staff have signed in again or
 * the server has recovered.
 */
const untilAnswered = {
  mostTries: Number.POSITIVE_INFINITY,
  outlasts: (status: number) => status === 401 || status >= 500,
}

/** The answer to a staff act. */
export type Moved = {
  id: string
  status: ReservationStatus | TicketStatus
  /** Null: nothing was there to do. */
  actId: string | null
  /** Absent: the act can't be undone. */
  undoUntil?: string | null
  /** The state of a changed party. Absent: the act was no change. */
  sequence?: number
}

export type PendingAct = QueuedAct & {
  /** The staff's note on a walk-in, which is not kept beyond this page. */
  note?: string | undefined
  /** The act has left this device and awaits its answer. */
  isSending: boolean
  /** The act has waited long enough to be shown. */
  isTold: boolean
}

export type OtherBooking = { startsAt: string; tableNumbers: number[] }

/** Where a party is that was changed elsewhere meanwhile. */
export type PresentPlace = OtherBooking & {
  reservationId: string
  serviceDate: string
  partySize: number
}

/** The final answer to an act. */
export type FinalAnswer =
  | { kind: 'done'; value: Moved }
  | {
      kind: 'refused'
      words: string
      reason: string
      present: Moved['status'] | null
      /** The party's date, if the act is refused for that. */
      serviceDate: string | null
      /** The reservation in the way, if the act is refused for another of the same guest. */
      other: OtherBooking | null
      /** The tables at which others sit, if the act is refused for that. */
      occupied: number[]
      /** Where the party is now, if it was changed meanwhile. */
      place: PresentPlace | null
    }

type Setting = {
  restaurantId: string
  locale: Locale
  kept: KeptActs
  onChange: (acts: PendingAct[]) => void
  onAnswer: (answered: { act: PendingAct; answer: FinalAnswer }) => void
  /** The act was sent and may have been done, so the board reloads before the next try. */
  onUncertain: () => void
}

/** The act as addresses spell it: `last-call`. */
const nameOf = (act: string) => act.toLowerCase().replaceAll('_', '-')

function pathOf({ work }: QueuedAct, restaurantId: string): string {
  if (work.kind === 'UNDO') return 'undo'
  if (work.kind === 'TICKET') return `tickets/${work.ticketId}/${nameOf(work.act)}`
  if (work.kind === 'BLOCK') return `slots/${work.slotId}`
  if (work.kind === 'WALK_IN') return `restaurants/${restaurantId}/walk-ins`
  if (work.kind === 'LATE') return `reservations/${work.reservationId}/late`
  if (work.kind === 'CHANGE') return `reservations/${work.reservationId}/change`
  return `reservations/${work.reservationId}/${correctedTo(work) ? 'correct' : nameOf(work.act)}`
}

/** Who tapped it on a shared tablet, and when: it may be sent much later. */
const headersOfAuthor = ({ author, tappedAt }: QueuedAct): Record<string, string> =>
  author === undefined ? {} : { ...headersOf({ author }), 'bobjool-acted-at': tappedAt }

/** Where a party is seated: at slots, or at tables from now on. */
const bodyOfSeats = ({ slotIds, tableNumbers }: { slotIds: string[]; tableNumbers?: number[] }) =>
  tableNumbers ? { tableNumbers } : { slotIds }

function bodyOfTicket({ act, reason, ...seats }: Extract<QueuedWork, { kind: 'TICKET' }>) {
  if (act === 'SEAT') return bodyOfSeats(seats)
  return act === 'CANCEL' && reason !== null ? { reason } : {}
}

function bodyOf({ work, note, tappedAt, override }: PendingAct): object {
  if (work.kind === 'UNDO') return { actId: work.actId }
  // Idempotent, so this needs no key.
  if (work.kind === 'BLOCK') return { blocked: work.isBlocked }
  if (work.kind === 'LATE') return { minutes: work.minutes }
  // Its date is judged by when it was tapped, however late it arrives.
  const intent = { tappedAt, ...(override && { override }) }
  const to = work.kind === 'MOVE' ? correctedTo(work) : null
  if (work.kind === 'MOVE')
    return {
      ...(to && { to }),
      ...(work.reason && { reason: work.reason }),
      ...(work.usualReason && { usualReason: work.usualReason }),
      ...intent,
    }
  if (work.kind === 'CHANGE') return { ...intent, ...work.change }
  if (work.kind === 'TICKET') return { ...bodyOfTicket(work), ...intent }
  const { partySize } = work
  return { ...bodyOfSeats(work), partySize, ...(note && { note }), ...intent }
}

const begin = (act: QueuedAct & { note?: string | undefined }): PendingAct => ({
  ...act,
  isSending: false,
  isTold: act.wasSent,
})

function readRefusal({ reason, title, body }: Problem): FinalAnswer {
  const statuses = [...reservationStatuses, ...ticketStatuses]
  const present = statuses.find((status) => status === textOf(body.present)) ?? null
  const serviceDate = reason === 'other-date' ? textOf(body.serviceDate) : null
  const other = reason === 'already-booked' ? readOther(body) : null
  const occupied = reason === 'table-occupied' ? readNumbers(body.tableNumbers) : []
  const place = reason === 'changed-meanwhile' ? readPlace(body.present) : null
  const told = { words: title ?? '', reason: reason ?? '' }
  return { kind: 'refused', ...told, present, serviceDate, other, occupied, place }
}

function readPlace(present: unknown): PresentPlace | null {
  if (!(present instanceof Object)) return null
  const body: Problem['body'] = { ...present }
  const other = readOther(body)
  const [reservationId, serviceDate] = [textOf(body.id), textOf(body.serviceDate)]
  const { partySize } = body
  if (!other || reservationId === null || serviceDate === null) return null
  return typeof partySize === 'number' ? { ...other, reservationId, serviceDate, partySize } : null
}

function readOther({ startsAt, tableNumbers }: Problem['body']): OtherBooking | null {
  const at = textOf(startsAt)
  return at === null ? null : { startsAt: at, tableNumbers: readNumbers(tableNumbers) }
}

/**
 * Sends what staff tap: at once, or as soon as the network returns, in order for each party, and
 * again with the same key until there is an answer. An act leaves the list only with its answer, or
 * when staff take it back.
 */
export class ActSender {
  #acts: PendingAct[] = []
  #isStopped = false
  readonly #pursued = new Set<string>()
  readonly #network = new EventTarget()
  readonly #waiting = new Map<string, (answer: FinalAnswer | null) => void>()
  readonly #setting: Setting

  constructor(setting: Setting) {
    this.#setting = setting
  }

  /** Resumes acts that an earlier page left unanswered, before those tapped since. */
  start(restored: QueuedAct[]): void {
    const known = new Set(this.#acts.map(({ key }) => key))
    const earlier = restored.filter(({ key }) => !known.has(key)).map(begin)
    this.#change([...earlier, ...this.#acts])
    this.#pump()
  }

  stop(): void {
    this.#isStopped = true
  }

  /** Resolves with the answer, or with null once the act clearly waits for the network. */
  add(act: QueuedAct & { note?: string | undefined }): Promise<FinalAnswer | null> {
    void this.#setting.kept.keep(act)
    this.#change([...this.#acts, begin(act)])
    const answered = new Promise<FinalAnswer | null>((resolve) => {
      this.#waiting.set(act.key, resolve)
    })
    this.#pump()
    const isBehindTold = this.#acts.some(
      (other) => other.key !== act.key && other.isTold && laneOf(other) === laneOf(act),
    )
    if (isBehindTold) this.#reveal(act)
    return answered
  }

  takeBack(key: string): void {
    const act = this.#find(key)
    if (!act || act.isSending || !canTakeBack({ act, acts: this.#acts })) return
    void this.#setting.kept.forget(key)
    this.#change(this.#acts.filter((other) => other !== act))
    this.#tell(key, null)
  }

  /** Call when the network returns or staff sign in again. */
  nudge(): void {
    this.#network.dispatchEvent(new Event('online'))
  }

  #find(key: string): PendingAct | undefined {
    return this.#acts.find((act) => act.key === key)
  }

  #change(acts: PendingAct[]): void {
    this.#acts = acts
    if (!this.#isStopped) this.#setting.onChange(acts)
  }

  #amend(key: string, part: Partial<PendingAct>): void {
    this.#change(this.#acts.map((act) => (act.key === key ? { ...act, ...part } : act)))
  }

  /** Shows an act that has waited long enough, together with the acts behind it. */
  #reveal(act: QueuedAct): void {
    const lane = laneOf(act)
    this.#change(
      this.#acts.map((other) => (laneOf(other) === lane ? { ...other, isTold: true } : other)),
    )
    for (const other of this.#acts)
      if (laneOf(other) === lane && !other.isSending) this.#tell(other.key, null)
  }

  #tell(key: string, answer: FinalAnswer | null): void {
    this.#waiting.get(key)?.(answer)
    this.#waiting.delete(key)
  }

  /** Keeps the oldest act of each party being sent, or waiting for its next try. */
  #pump(): void {
    for (const { key } of listHeads(this.#acts)) if (!this.#pursued.has(key)) void this.#pursue(key)
  }

  async #pursue(key: string): Promise<void> {
    this.#pursued.add(key)
    const outcome = await askUntilAnswered({
      askOnce: () => this.#send(key),
      read: (moved: Moved) => moved,
      isWanted: () => !this.#isStopped && this.#find(key) !== undefined,
      onWait: ({ problem }) => this.#postpone(key, problem),
      persistence: untilAnswered,
      wait: (rest) => pause({ ...rest, network: this.#network }),
    })
    this.#pursued.delete(key)
    if (outcome?.kind === 'done') this.#end(key, outcome)
    if (outcome?.kind === 'refused') this.#end(key, readRefusal(outcome.problem))
  }

  async #send(key: string): Promise<Answer<Moved>> {
    const act = this.#find(key)
    // Nothing leaves this device, so the act can still be taken back.
    if (!act || !navigator.onLine) return { kind: 'lost' }
    const { kept, locale, restaurantId } = this.#setting
    // Stored before it leaves: after a crash the next page must know that it may have arrived.
    this.#amend(key, { isSending: true })
    await kept.keep({ ...act, wasSent: true })
    const slow = setTimeout(() => this.#reveal(act), SLOW_MS)
    const answer = await ask<Moved>({
      url: `/api/v1/${pathOf(act, restaurantId)}`,
      method: act.work.kind === 'BLOCK' ? 'PATCH' : 'POST',
      body: bodyOf(act),
      headers: { 'idempotency-key': key, ...headersOfAuthor(act) },
      locale,
    })
    clearTimeout(slow)
    return answer
  }

  #follow(
    acts: PendingAct[],
    after: { work: QueuedWork; sequence: number | undefined },
  ): PendingAct[] {
    return acts.map((act) => {
      const following = followAct({ act, after })
      if (following !== act) void this.#setting.kept.keep(following)
      return following
    })
  }

  #end(key: string, answer: FinalAnswer): void {
    const act = this.#find(key)
    if (!act) return
    void this.#setting.kept.forget(key)
    const rest = this.#acts.filter((other) => other.key !== key)
    const isDone = answer.kind === 'done'
    const { work } = act
    this.#change(isDone ? this.#follow(rest, { work, sequence: answer.value.sequence }) : rest)
    this.#setting.onAnswer({ act, answer })
    this.#tell(key, answer)
    this.#pump()
  }

  /** The act has no final answer yet; even after a server error it may have been done. */
  #postpone(key: string, problem: Problem | null): void {
    const act = this.#find(key)
    if (!act) return
    const wasSent = act.wasSent || (act.isSending && problem?.status !== 401)
    const postponed = { ...act, wasSent, isSending: false, isTold: true }
    void this.#setting.kept.keep(postponed)
    this.#amend(key, postponed)
    this.#reveal(postponed)
    if (wasSent) this.#setting.onUncertain()
  }
}
