import type { QueuedAct, QueuedWork } from '@/domain/floor/queue.rules'
import { canTakeBack, laneOf, listHeads } from '@/domain/floor/queue.rules'
import type { Locale } from '@/lib/i18n/locale'
import { type Answer, type Moved, sendAct } from './ask-api'
import type { KeptActs } from './kept-acts'

/** An answer that comes sooner needs no "sending" before it. */
const SLOW_MS = 700
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 8_000

export type PendingAct = QueuedAct & {
  /** The words about a walk-in; they are not kept beyond this page. */
  note?: string | undefined
  isSending: boolean
  /** It waits long enough to be told. */
  isTold: boolean
  tries: number
  notBeforeMs: number
  /** Not put off by the service itself: worth another try as soon as there is a network. */
  canHurry: boolean
}

/** The last word on an act. */
export type FinalAnswer = Extract<Answer<Moved>, { kind: 'done' | 'refused' }>

type Setting = {
  restaurantId: string
  locale: Locale
  kept: KeptActs
  onChange: (acts: PendingAct[]) => void
  onAnswer: (answered: { act: PendingAct; answer: FinalAnswer }) => void
  /** It was sent and may have been done: the board is worth another look before the next try. */
  onUncertain: () => void
}

/** As addresses spell an act: `last-call`. */
const nameOf = (act: string) => act.toLowerCase().replaceAll('_', '-')

function pathOf({ work }: QueuedAct, restaurantId: string): string {
  if (work.kind === 'UNDO') return 'undo'
  if (work.kind === 'TICKET') return `tickets/${work.ticketId}/${nameOf(work.act)}`
  if (work.kind === 'BLOCK') return `slots/${work.slotId}`
  if (work.kind === 'WALK_IN') return `restaurants/${restaurantId}/walk-ins`
  return `reservations/${work.reservationId}/${nameOf(work.act)}`
}

function bodyOfTicket({ act, slotIds, reason }: Extract<QueuedWork, { kind: 'TICKET' }>) {
  if (act === 'SEAT') return { slotIds }
  if (act === 'CANCEL') return reason === null ? {} : { reason }
  return undefined
}

function bodyOf({ work, note }: PendingAct): object | undefined {
  if (work.kind === 'UNDO') return { actId: work.actId }
  // Said twice it is the same, so this needs no key.
  if (work.kind === 'BLOCK') return { blocked: work.isBlocked }
  if (work.kind === 'MOVE') return undefined
  if (work.kind === 'TICKET') return bodyOfTicket(work)
  return { slotIds: work.slotIds, partySize: work.partySize, ...(note && { note }) }
}

function begin(act: QueuedAct & { note?: string | undefined }): PendingAct {
  const fresh = { isSending: false, tries: 0, notBeforeMs: 0, canHurry: true }
  return { ...act, ...fresh, isTold: act.wasSent }
}

/** An act that got no last word: when it is tried again, and what is known of it until then. */
function postpone({
  act,
  answer,
}: {
  act: PendingAct
  answer: Exclude<Answer<Moved>, FinalAnswer>
}): PendingAct {
  const backOffMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** act.tries)
  const waitMs = answer.kind === 'later' ? answer.waitMs : backOffMs
  return {
    ...act,
    // A service that could not answer may have done it all the same.
    wasSent: act.wasSent || answer.kind === 'unknown' || answer.kind === 'later',
    canHurry: answer.kind !== 'later',
    tries: act.tries + 1,
    notBeforeMs: performance.now() + waitMs,
    isSending: false,
    isTold: true,
  }
}

/**
 * Sends what the staff tap: at once where the network allows it, else as soon as it does, in order
 * for each party, and again with the same key until there is an answer. An act leaves the list only
 * with its answer, or when somebody takes it back.
 */
export class ActSender {
  #acts: PendingAct[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #isStopped = false
  readonly #waiting = new Map<string, (answer: FinalAnswer | null) => void>()
  readonly #setting: Setting

  constructor(setting: Setting) {
    this.#setting = setting
  }

  /** Goes on with what a page before this one had got no answer to. */
  start(restored: QueuedAct[]): void {
    this.#change(restored.map(begin))
    this.#pump()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  /** Resolves with the answer, or with null once it is clear that it waits for the network. */
  add(act: QueuedAct & { note?: string | undefined }): Promise<FinalAnswer | null> {
    this.#setting.kept.keep(act)
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
    const act = this.#acts.find((other) => other.key === key)
    if (!act || act.isSending || !canTakeBack({ act, acts: this.#acts })) return
    this.#setting.kept.forget(key)
    this.#change(this.#acts.filter((other) => other !== act))
    this.#tell(key, null)
  }

  /** The network is back, or somebody has signed in again. */
  nudge(): void {
    this.#acts = this.#acts.map((act) => (act.canHurry ? { ...act, notBeforeMs: 0 } : act))
    this.#pump()
  }

  #change(acts: PendingAct[]): void {
    this.#acts = acts
    if (!this.#isStopped) this.#setting.onChange(acts)
  }

  #amend(key: string, part: Partial<PendingAct>): void {
    this.#change(this.#acts.map((act) => (act.key === key ? { ...act, ...part } : act)))
  }

  /** What waits long enough to be told is told together with what waits behind it. */
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

  #pump(): void {
    clearTimeout(this.#timer)
    if (this.#isStopped) return
    const heads = listHeads(this.#acts).filter((act) => !act.isSending)
    const nowMs = performance.now()
    for (const act of heads) if (act.notBeforeMs <= nowMs) void this.#send(act)
    const later = heads.map((act) => act.notBeforeMs).filter((atMs) => atMs > nowMs)
    if (later.length > 0) this.#timer = setTimeout(() => this.#pump(), Math.min(...later) - nowMs)
  }

  async #send(act: PendingAct): Promise<void> {
    const { key } = act
    const { kept, locale, restaurantId, onAnswer, onUncertain } = this.#setting
    // Written down before it leaves: a page that dies now can't know whether it did.
    if (navigator.onLine) kept.keep({ ...act, wasSent: true })
    this.#amend(key, { isSending: true })
    const slow = setTimeout(() => this.#reveal(act), SLOW_MS)
    const body = bodyOf(act)
    const method = act.work.kind === 'BLOCK' ? ('PATCH' as const) : ('POST' as const)
    const path = pathOf(act, restaurantId)
    const asked = { path, method, key, locale, ...(body && { body }) }
    const answer = await sendAct<Moved>(asked)
    clearTimeout(slow)
    if (this.#isStopped) return
    if (answer.kind === 'done' || answer.kind === 'refused') {
      kept.forget(key)
      this.#change(this.#acts.filter((other) => other.key !== key))
      onAnswer({ act, answer })
      this.#tell(key, answer)
    } else {
      const postponed = postpone({ act, answer })
      kept.keep(postponed)
      this.#amend(key, postponed)
      this.#reveal(postponed)
      if (postponed.wasSent) onUncertain()
    }
    this.#pump()
  }
}
