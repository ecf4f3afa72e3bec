import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { drawEntryWaitMs } from '@/domain/opening/entering.rules'
import type { EntryFacts } from '@/domain/opening/lot.rules'
import { readField, readReceipt } from './answers'
import type { Manner, Phone } from './crowd'
import type { Ending } from './history'
import { type Asking, Line, type SharedState } from './shared-state'
import { findFreeTimes, OpeningWatch, type SeenOpening } from './snapshots'
import { computeTurnMs } from './turn'
import type { WireAnswer } from './wire'

/** How often a page asks again for the board while its time is being taken by others. */
const LOOK_AGAIN_MS = 700
const BOT_BURST = 12
const BOT_BURSTS = 2
/** Between reads, until that many were made. */
const BOT_TURNS = 4
const MOST_BOT_TURNS = 24

type Held = EntryFacts & { receipt: string }

/** One diner's way through an opening, from opening the page to its outcome. */
export class Diner {
  readonly #shared: SharedState
  readonly #diner: number
  readonly #line: Line
  readonly #watch: OpeningWatch
  readonly #manner: Manner
  readonly #partySize: number
  #turnsHammered = 0

  constructor({
    shared,
    diner,
    token,
    phone,
  }: {
    shared: SharedState
    diner: number
    token: string
    phone: Phone
  }) {
    this.#shared = shared
    this.#line = new Line({ shared, diner, token })
    this.#watch = new OpeningWatch({ shared, diner })
    this.#diner = diner
    this.#manner = phone.manner
    this.#partySize = phone.partySize
  }

  /** Null: left without an answer. */
  async attend(): Promise<Ending | null> {
    let held: Held | null = null
    while (!this.#shared.isOver()) {
      const seen = await this.#watch.look()
      const ending = seen && endOf(seen)
      if (ending) return ending
      if (seen && !held) {
        const entered = await this.#enter()
        if (typeof entered === 'string') return entered
        held = entered
      }
      const turnMs = held && seen && computeTurnMs({ drawn: seen, place: held })
      if (held && turnMs !== null && turnMs <= this.#watch.databaseNowMs()) {
        const ended = await this.#takeTurn(held.receipt)
        if (ended) return ended
      } else if (held && this.#manner === 'bot') await this.#hammerTurns(held.receipt)
      await sleep(this.#untilNextLook({ seen, turnMs }))
    }
    return null
  }

  /** The server paces the crowd; a page asks at the opening and when its own turn comes. */
  #untilNextLook({ seen, turnMs }: { seen: SeenOpening | null; turnMs: number | null }): number {
    const { roll, leastPollMs } = this.#shared
    const paceMs = Math.max(seen?.pollAfterMs ?? 1_000, leastPollMs) * (1 + roll() * 0.3)
    if (!seen) return paceMs
    const nowMs = this.#watch.databaseNowMs()
    if (turnMs !== null) return Math.max(20, Math.min(paceMs, turnMs - nowMs + roll() * 100))
    const opensInMs = Date.parse(seen.opensAt) - nowMs
    if (opensInMs > 0) return Math.min(paceMs, opensInMs + roll() * Math.max(1_000, leastPollMs))
    return paceMs
  }

  /** The receipt, or the outcome without one. */
  async #enter(): Promise<Held | Ending | null> {
    if (this.#manner === 'bot') await this.#hammerEntries()
    if (this.#manner === 'lost-entering') {
      await this.#line.ask({ ...this.#entering(), cutAfterMs: this.#shared.roll() * 30 })
      await sleep(500 + this.#shared.roll() * 1_500)
      const back = await this.#comeBack()
      if (back) return back
    }
    if (this.#manner !== 'bot') await sleep((await this.#planWaitMs()) ?? 0)
    const asking = this.#line.pursue(() => this.#entering(), this.#planWaitMs)
    const again =
      this.#manner === 'impatient' &&
      // The page has one wish, however often it is tapped: only the first is pursued.
      sleep(50 + this.#shared.roll() * 100).then(() => this.#line.ask(this.#entering()))
    const answer = await asking
    await again
    if (answer.status !== 201) return nameEnd(answer)
    if (this.#manner === 'lost-waiting') {
      await sleep(500 + this.#shared.roll() * 2_000)
      return (await this.#comeBack()) ?? hold(answer)
    }
    return hold(answer)
  }

  /** As the page plans it, by a snapshot no older than it lets one become. Null: nobody enters any more. */
  readonly #planWaitMs = async (): Promise<number | null> => {
    const seen = await this.#watch.lookAgain()
    if (seen && endOf(seen)) return null
    const nowMs = this.#watch.databaseNowMs()
    if (!seen || this.#manner === 'bot' || !Number.isFinite(nowMs)) return 0
    return drawEntryWaitMs({ opening: seen, nowMs, random: this.#shared.roll() })
  }

  #entering(): Asking {
    return { act: 'enter', path: `/api/v1/openings/${this.#shared.openingId}/entries` }
  }

  /** On another phone, with only the account. Null: nothing was entered. */
  async #comeBack(): Promise<Held | null> {
    const path = `/api/v1/openings/${this.#shared.openingId}/entries/me`
    const answer = await this.#line.pursue(() => ({ act: 'return', method: 'GET', path }))
    return answer.status === 200 ? hold(answer) : null
  }

  /** The outcome, or null while there is more to wait for. */
  async #takeTurn(receipt: string): Promise<Ending | null> {
    const path = `/api/v1/openings/${this.#shared.openingId}/turn`
    const asking = (): Asking => ({ act: 'turn', path, body: { receipt } })
    const again = this.#manner === 'impatient' && sleep(30).then(() => this.#line.pursue(asking))
    const answer = await this.#line.pursue(asking)
    await again
    if (answer.status === 201) return this.#book(readField(answer.body, 'turn'))
    return readField(answer.body, 'reason') === 'not-your-turn' ? null : nameEnd(answer)
  }

  async #book(turn: string): Promise<Ending | null> {
    while (!this.#shared.isOver()) {
      const times = await this.#findFreeTimes()
      if (times?.length === 0) return 'none-that-fits'
      const startsAt = times?.[Math.floor(this.#shared.roll() * times.length)]
      const answer = startsAt === undefined ? null : await this.#bookAt({ turn, startsAt })
      const reason = answer && readField(answer.body, 'reason')
      if (answer?.status === 201 || reason === 'already-booked') return 'booked'
      // Its five minutes are over: the same receipt gets a new turn.
      if (reason === 'no-turn') return null
      if (answer && reason !== 'sold-out' && reason !== 'all-being-booked') return nameEnd(answer)
      await sleep(LOOK_AGAIN_MS * (1 + this.#shared.roll()))
    }
    return null
  }

  #findFreeTimes(): Promise<string[] | null> {
    const party = { diner: this.#diner, partySize: this.#partySize }
    return findFreeTimes({ shared: this.#shared, ...party })
  }

  async #bookAt({ turn, startsAt }: { turn: string; startsAt: string }): Promise<WireAnswer> {
    const { roll } = this.#shared
    const key = randomUUID()
    const make = (attempt: number): Asking => this.#booking({ turn, startsAt, key, attempt })
    if (this.#manner === 'bot') {
      const keys = [randomUUID(), randomUUID()]
      const extra = keys.map((other) =>
        this.#line.ask(this.#booking({ turn, startsAt, key: other, attempt: 1 })),
      )
      const [answer] = await Promise.all([this.#line.pursue(make), ...extra])
      return answer
    }
    if (this.#manner === 'lost-booking') {
      await this.#line.ask({ ...make(1), cutAfterMs: roll() * 30 })
      await sleep(200 + roll() * 800)
      return this.#line.pursue((attempt) => make(attempt + 1))
    }
    const again =
      this.#manner === 'impatient' &&
      sleep(50 + roll() * 100).then(() => this.#line.pursue((attempt) => make(attempt + 1)))
    const answer = await this.#line.pursue(make)
    await again
    return answer
  }

  #booking({
    turn,
    startsAt,
    key,
    attempt,
  }: {
    turn: string
    startsAt: string
    key: string
    attempt: number
  }): Asking {
    const { restaurantId, serviceDate } = this.#shared
    const headers: Record<string, string> = {
      'idempotency-key': key,
      'idempotency-attempt': String(attempt),
    }
    if (turn) headers['opening-turn'] = turn
    const body = { restaurantId, serviceDate, startsAt, partySize: this.#partySize }
    return { act: 'book', path: '/api/v1/reservations', headers, body, key }
  }

  /**
   * Many at once, twice, and a booking without a turn: none of it may help, or hurt other diners.
   */
  async #hammerEntries(): Promise<void> {
    for (let burst = 0; burst < BOT_BURSTS; burst += 1) {
      await Promise.all(Array.from({ length: BOT_BURST }, () => this.#line.ask(this.#entering())))
    }
    const startsAt = `${this.#shared.serviceDate}T04:00:00.000Z`
    await this.#line.ask(this.#booking({ turn: '', startsAt, key: randomUUID(), attempt: 1 }))
  }

  async #hammerTurns(receipt: string): Promise<void> {
    const path = `/api/v1/openings/${this.#shared.openingId}/turn`
    const forged = `${receipt.slice(0, -4)}AAAA`
    for (let count = 0; count < BOT_TURNS && this.#turnsHammered < MOST_BOT_TURNS; count += 1) {
      this.#turnsHammered += 1
      await this.#line.ask({
        act: 'turn',
        path,
        body: { receipt: count % 2 === 0 ? forged : receipt },
      })
    }
  }
}

function hold(answer: WireAnswer): Held {
  const receipt = readField(answer.body, 'receipt')
  const { e: entryId, n: number, l: inLobby, c: cohort } = readReceipt(receipt)
  return { receipt, entryId, number, inLobby, cohort }
}

function endOf({ state }: SeenOpening): Ending | null {
  if (state === 'SOLD_OUT') return 'sold-out'
  return state === 'OVER' || state === 'CANCELLED' ? 'over' : null
}

/** A refusal that is an answer; any other is one that no diner should get. */
function nameEnd({ status, body }: WireAnswer): Ending | null {
  // Given up, not answered.
  if (status === 0 || status === 429 || status === 503) return null
  const reason = readField(body, 'reason')
  if (reason === 'sold-out') return 'sold-out'
  return reason === 'opening-over' ? 'over' : `refused: ${status} ${reason}`
}
