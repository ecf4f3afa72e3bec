import { LRUCache } from 'lru-cache'
import { judgeVisit } from '@/domain/identity/loaders'
import type { StaffVisit } from '@/domain/restaurant/types'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { type AskedDay, checkDay } from './mark.queries'
import { watchDay } from './queries'
import type { Day } from './schema'

type Content = Omit<Day, 'asOf'>
type ReadDay = { content: Content; mark: string; readAtMs: number }
type Board = { asOf: string; content: Content }
type Entry = { last?: ReadDay; reading?: Promise<unknown> | undefined }

/**
 * How long a day that was read is told again while its mark stays the same: what leaves no mark is
 * seen within this and one poll.
 */
const TOLD_AGAIN_MS = 2_000

/** The days that were just read, by restaurant and date, for all of its tablets. */
const entries = new LRUCache<string, Entry>({ max: 200, ttl: 60_000 })

const isFresh = ({ readAtMs }: ReadDay) => performance.now() - readAtMs < TOLD_AGAIN_MS

type Watched = { visit: StaffVisit | null; board: Board | null; isNoticeDue: boolean }
const SESSION_OVER: Watched = { visit: null, board: null, isNoticeDue: false }

/**
 * One statement while nothing is new: the mark where the day has just been read, or else all of it. One
 * poll at a time reads a day, and those that come meanwhile wait for it.
 */
async function watch(asked: AskedDay): Promise<Watched> {
  const key = `${asked.restaurantId} ${asked.date ?? ''}`
  const entry = entries.get(key) ?? {}
  entries.set(key, entry)
  while (entry.reading) await settled(entry.reading)
  if (!entry.last || !isFresh(entry.last)) return readAnew(asked, entry)
  const checked = await checkDay(asked)
  const checkedAtMs = performance.now()
  if (!checked) return SESSION_OVER
  const { visit, mark, asOf, isNoticeDue } = checked
  if (mark === null) return { visit, board: null, isNoticeDue }
  for (;;) {
    const { last, reading } = entry
    if (last && (last.mark === mark || last.readAtMs >= checkedAtMs))
      return { visit, board: { asOf, content: last.content }, isNoticeDue }
    if (!reading) return readAnew(asked, entry)
    await settled(reading)
  }
}

/** A reading that fails is not the fault of polls that wait for it, which then read for themselves. */
const settled = (reading: Promise<unknown>) => reading.catch(() => {})

async function readAnew(asked: AskedDay, entry: Entry): Promise<Watched> {
  const readAtMs = performance.now()
  const reading = watchDay(asked)
  entry.reading = reading
  try {
    const watched = await reading
    if (!watched) return SESSION_OVER
    const { visit, mark, isNoticeDue } = watched
    if (!watched.day || mark === null) return { visit, board: null, isNoticeDue }
    const { asOf, ...content } = watched.day
    entry.last = { content, mark, readAtMs }
    return { visit, board: { asOf, content }, isNoticeDue }
  } finally {
    entry.reading = undefined
  }
}

/** The day as a tablet polls it. Refuses `not-found`, also to everyone outside the staff. */
export async function readWatchedDay(
  asked: AskedDay,
): Promise<Result<Board, 'signed-out' | 'passkey-needed' | 'not-found'>> {
  const { visit, board, isNoticeDue } = await watch(asked)
  const judged = judgeVisit({ visit, sessionId: asked.session.sessionId })
  if (!judged.ok) return judged
  // Each poll of the staff's board also serves as a timer: mail held back for an undo is sent.
  if (isNoticeDue) after(ringOutboxBell)
  return board ? succeed(board) : refuse('not-found')
}
