import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { outsideRequests } from '@/lib/request-context'
import { classifyDatabaseError, databaseErrorCode } from './database-error'
import { START_WITHIN_MS } from './patience'

/** What waits longer than a person is asked to finds its batch late. */
const PATIENCE_MS = 1_800
const ALONE_AT_ONCE = 4
/** Postgres's own code for a lock that did not come in time. */
const LOCK_NOT_AVAILABLE = '55P03'

/** `lost`: the connection. `locked`: all of it waited for a lock in vain, and long. */
type Outcome = 'settled' | 'lost' | 'locked'

type Asked<Item, Answer> = {
  item: Item
  sinceMs: number
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/** An item that waited in this process for too long, or behind too many, and was not written. */
export class Overdue extends Error {
  /** It reads as busy. */
  readonly code = LOCK_NOT_AVAILABLE

  constructor() {
    super('waited too long for its batch')
  }
}

/**
 * Gathers writes that arrive while a batch is being written into the next batch, so that each
 * process runs one statement at a time of a key however many callers there are. A batch never waits
 * for company. Each caller's promise settles with its batch.
 *
 * A batch that one of its items or another client has spoiled (bad data, a deadlock, a lock that
 * did not come) has written nothing: each of its items then runs alone, once. One whose lock did not come
 * goes again as a whole before: where other processes hold what all of its items need, each of them alone
 * would wait as long, and lengthen the wait of everybody. Where all of it waited long for one, what is not new is
 * refused instead, and so is what waits behind: the next wait would end too late. None runs again after the
 * connection was lost, when the batch may have been written; what waits behind it is refused rather
 * than sent into the same silence. Rejects with `Overdue` what its turn came too late for, and at once
 * what finds too many waiting.
 */
export function createBatches<Item, Answer>({
  keyOf = () => '',
  write,
  most,
  mostWaiting = env.DATABASE_MAX_WAITING,
  readMs = () => performance.now(),
}: {
  /** What may go together. Null: the item goes alone, and at once. */
  keyOf?: (item: Item) => string | null
  /** One transaction. The answers are in the order of their items. */
  write: (items: [Item, ...Item[]]) => Promise<Answer[]>
  /** Of one batch. 1: nothing goes together. */
  most: number
  mostWaiting?: number
  readMs?: () => number
}): (item: Item) => Promise<Answer> {
  type Waiting = Asked<Item, Answer>
  const lines = new Map<string, Waiting[]>()

  async function writeBatch(
    [first, ...others]: [Waiting, ...Waiting[]],
    isSecondTry = false,
  ): Promise<Outcome> {
    const fromMs = readMs()
    const batch: [Waiting, ...Waiting[]] = [first, ...others]
    const written = await attempt(() => write([first.item, ...others.map(({ item }) => item)]))
    if (written.ok) {
      if (written.value.length !== batch.length) rejectAll(batch, new Error('an answer is missing'))
      for (const [place, answer] of written.value.entries()) batch[place]?.resolve(answer)
      return 'settled'
    }
    const outcome = judgeFailure({ error: written.error, tookMs: readMs() - fromMs })
    if (others.length === 0 || outcome === 'lost') {
      rejectAll(batch, written.error)
      return outcome
    }
    log.warn({ error: written.error, items: batch.length }, 'a batch was spoiled')
    const [next, ...rest] = takeTimely({ batch, nowMs: readMs(), after: outcome })
    if (!next) return outcome
    if (!isSecondTry && isLockRefused(written.error)) return writeBatch([next, ...rest], true)
    return writeAlone([next, ...rest])
  }

  async function writeAlone(batch: Waiting[]): Promise<Outcome> {
    const outcomes: Outcome[] = []
    const isLocked = () => outcomes.length > 0 && outcomes.every((one) => one === 'locked')
    const judge = () => (isLocked() ? 'locked' : 'settled')
    await doAFewAtOnce(batch, async (alone) => {
      const [timely] = takeTimely({ batch: [alone], nowMs: readMs(), after: judge() })
      if (timely) outcomes.push(await writeBatch([timely]))
    })
    return judge()
  }

  async function drain(key: string, waiting: Waiting[]): Promise<void> {
    let after: Outcome = 'settled'
    for (let taken = waiting.splice(0, most); taken.length > 0; taken = waiting.splice(0, most)) {
      const [first, ...others] = takeTimely({ batch: taken, nowMs: readMs(), after })
      if (!first) continue
      after = await writeBatch([first, ...others])
      if (after === 'lost') rejectAll(waiting.splice(0), new Overdue())
    }
    lines.delete(key)
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const key = most === 1 ? null : keyOf(item)
      const joining = { item, sinceMs: readMs(), resolve, reject }
      if (key === null) return void writeBatch([joining])
      const waiting = lines.get(key)
      if (waiting && waiting.length >= mostWaiting) return reject(new Overdue())
      if (waiting) return void waiting.push(joining)
      const line = [joining]
      lines.set(key, line)
      // Longer than the request that begins it.
      void outsideRequests(() => drain(key, line))
    })
}

/** What one of them waits for keeps few of the others. */
async function doAFewAtOnce<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values()
  const workOn = async () => {
    for (const one of left) await work(one)
  }
  await Promise.all(Array.from({ length: ALONE_AT_ONCE }, workOn))
}

async function attempt<T>(
  work: () => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error }
  }
}

/** Those whose time has not run out, after what became of those before them; the others are refused. */
function takeTimely<Item, Answer>({
  batch,
  nowMs,
  after,
}: {
  batch: Asked<Item, Answer>[]
  nowMs: number
  after: Outcome
}): Asked<Item, Answer>[] {
  const withinMs = after === 'locked' ? START_WITHIN_MS : PATIENCE_MS
  const isLate = ({ sinceMs }: Asked<Item, Answer>) => nowMs - sinceMs > withinMs
  rejectAll(batch.filter(isLate), new Overdue())
  return batch.filter((one) => !isLate(one))
}

function rejectAll(batch: readonly { reject: (error: unknown) => void }[], error: unknown): void {
  for (const { reject } of batch) reject(error)
}

/** A code of Postgres's own, of five characters: it has refused, so nothing was written. */
const REFUSED = /^(?=.*\d)[0-9A-Z]{5}$/

const isLockRefused = (error: unknown) => databaseErrorCode(error) === LOCK_NOT_AVAILABLE

function judgeFailure({ error, tookMs }: { error: unknown; tookMs: number }): Outcome {
  if (isLost(error)) return 'lost'
  return isLockRefused(error) && tookMs > START_WITHIN_MS ? 'locked' : 'settled'
}

/** Whether the statement may have been carried out, or would only meet the same silence again. */
function isLost(error: unknown): boolean {
  const fault = classifyDatabaseError(error)
  if (fault === 'unavailable' || fault === 'not-certain') return true
  return !REFUSED.test(databaseErrorCode(error) ?? '')
}
