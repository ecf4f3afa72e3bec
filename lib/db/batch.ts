import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { classifyDatabaseError, databaseErrorCode } from './database-error'

/** What waits longer than a person is asked to finds its batch late. */
const PATIENCE_MS = 1_800
const ALONE_AT_ONCE = 4
/** Postgres's own code for a lock that did not come in time. */
const LOCK_NOT_AVAILABLE = '55P03'

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
 * would wait as long, and lengthen the wait of everybody. None runs again after the
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

  /** False: the connection was lost. */
  async function writeBatch(
    [first, ...others]: [Waiting, ...Waiting[]],
    isSecondTry = false,
  ): Promise<boolean> {
    const batch: [Waiting, ...Waiting[]] = [first, ...others]
    const written = await attempt(() => write([first.item, ...others.map(({ item }) => item)]))
    if (written.ok) {
      const isWhole = written.value.length === batch.length
      if (!isWhole) rejectAll(batch, new Error('an answer is missing'))
      for (const [place, answer] of written.value.entries()) batch[place]?.resolve(answer)
      return true
    }
    const isOver = isLost(written.error)
    if (others.length === 0 || isOver) {
      rejectAll(batch, written.error)
      return !isOver
    }
    log.warn({ error: written.error, items: batch.length }, 'a batch was spoiled')
    const [next, ...rest] = takeTimely(batch, readMs())
    if (!next) return true
    if (!isSecondTry && databaseErrorCode(written.error) === LOCK_NOT_AVAILABLE)
      return writeBatch([next, ...rest], true)
    await writeAlone([next, ...rest])
    return true
  }

  async function writeAlone(batch: Waiting[]): Promise<void> {
    const left = batch.values()
    const writeOn = async () => {
      for (const alone of left) {
        if (isLate(alone, readMs())) alone.reject(new Overdue())
        else await writeBatch([alone])
      }
    }
    // What one of them waits for keeps few of the others.
    await Promise.all(Array.from({ length: ALONE_AT_ONCE }, writeOn))
  }

  async function drain(key: string, waiting: Waiting[]): Promise<void> {
    for (let taken = waiting.splice(0, most); taken.length > 0; taken = waiting.splice(0, most)) {
      const [first, ...others] = takeTimely(taken, readMs())
      if (first && !(await writeBatch([first, ...others])))
        rejectAll(waiting.splice(0), new Overdue())
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
      void drain(key, line)
    })
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

const isLate = ({ sinceMs }: Pick<Asked<unknown, unknown>, 'sinceMs'>, nowMs: number) =>
  nowMs - sinceMs > PATIENCE_MS

/** Those whose time has not run out; the others are refused. */
function takeTimely<Item, Answer>(
  batch: Asked<Item, Answer>[],
  nowMs: number,
): Asked<Item, Answer>[] {
  const late = batch.filter((one) => isLate(one, nowMs))
  rejectAll(late, new Overdue())
  return batch.filter((one) => !isLate(one, nowMs))
}

function rejectAll(batch: readonly { reject: (error: unknown) => void }[], error: unknown): void {
  for (const { reject } of batch) reject(error)
}

/** A code of Postgres's own, of five characters: it has refused, so nothing was written. */
const REFUSED = /^(?=.*\d)[0-9A-Z]{5}$/

/** Whether the statement may have been carried out, or would only meet the same silence again. */
function isLost(error: unknown): boolean {
  const fault = classifyDatabaseError(error)
  if (fault === 'unavailable' || fault === 'not-certain') return true
  return !REFUSED.test(databaseErrorCode(error) ?? '')
}
