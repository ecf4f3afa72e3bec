/** An answer as it is cached and sent on: the whole body, and the headers a client needs. */
export interface KeptAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export interface Freshness {
  freshMs: number
  staleMs: number
}

/**
 * For how long a shared cache may keep an answer (RFC 9111, RFC 5861), or null: only a success with
 * `s-maxage` that is not private and sets no cookie.
 */
export function readFreshness(answer: KeptAnswer): Freshness | null {
  const { status, headers } = answer
  const said = headers['cache-control'] ?? ''
  if (status !== 200 || headers['set-cookie'] !== undefined) return null
  if (/\b(private|no-store|no-cache)\b/.test(said)) return null
  const fresh = /\bs-maxage=(\d+)/.exec(said)?.[1]
  const stale = /\bstale-while-revalidate=(\d+)/.exec(said)?.[1] ?? '0'
  return fresh === undefined
    ? null
    : { freshMs: Number(fresh) * 1000, staleMs: Number(stale) * 1000 }
}

interface Kept extends Freshness {
  answer: KeptAnswer
  atMs: number
}

export type Found = 'fresh' | 'stale' | 'asked'

/** More addresses than this are dropped, the oldest first: invented queries fill no memory. */
const MOST_KEPT = 1_000

/**
 * One shared cache: fresh answers at once, stale ones at once while one request renews them, and
 * one request for all that miss together. An uncacheable answer goes only to the client that asked.
 */
export class SharedCache {
  readonly #kept = new Map<string, Kept>()
  readonly #asking = new Map<string, Promise<KeptAnswer>>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
  }

  async find({
    key,
    ask,
  }: {
    key: string
    ask: () => Promise<KeptAnswer>
  }): Promise<{ answer: KeptAnswer; found: Found }> {
    const kept = this.#kept.get(key)
    const ageMs = kept ? this.#nowMs() - kept.atMs : Number.POSITIVE_INFINITY
    if (kept && ageMs < kept.freshMs) return { answer: kept.answer, found: 'fresh' }
    if (kept && ageMs < kept.freshMs + kept.staleMs) {
      // A client that gets the stale answer does not wait; a failed renewal shows at the next
      // request.
      this.#renew({ key, ask }).catch(() => {})
      return { answer: kept.answer, found: 'stale' }
    }
    const shared = this.#asking.has(key)
    const answer = await this.#renew({ key, ask })
    // An uncacheable answer was made for another client's request.
    if (shared && answer.status < 400 && readFreshness(answer) === null)
      return { answer: await ask(), found: 'asked' }
    return { answer, found: shared ? 'fresh' : 'asked' }
  }

  #renew({ key, ask }: { key: string; ask: () => Promise<KeptAnswer> }): Promise<KeptAnswer> {
    const asking = this.#asking.get(key)
    if (asking) return asking
    const atMs = this.#nowMs()
    const asked = ask()
      .then((answer) => {
        const freshness = readFreshness(answer)
        if (freshness) this.#keep(key, { ...freshness, answer, atMs })
        return answer
      })
      .finally(() => this.#asking.delete(key))
    this.#asking.set(key, asked)
    return asked
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    if (this.#kept.size <= MOST_KEPT) return
    const oldest = this.#kept.keys().next()
    if (!oldest.done) this.#kept.delete(oldest.value)
  }
}
