import { LRUCache } from 'lru-cache'

type Counted = {
  subject: string
  most: number
  mostOpen?: number | undefined
  withinMs: number
  member: string
}
type Tries = Map<string, number>

/** A try whose process stopped while judging it is forgotten after this long. */
export const OPEN_MS = 30_000
/** Judging takes a moment only, so that there is room for another try soon. */
export const ROOM_SOON_MS = 1_000

/** What counts against each limit, and until when; a process forgets the oldest limits first. */
const counted = new LRUCache<string, Tries>({ max: 20_000 })
/** What is still being judged, of limits that have room for it. */
const open = new LRUCache<string, Tries>({ max: 20_000 })

function listTries(store: typeof counted, subject: string, nowMs: number): Tries {
  const tries = store.get(subject) ?? new Map<string, number>()
  for (const [member, untilMs] of tries) if (untilMs <= nowMs) tries.delete(member)
  return tries
}

function findWaitMs({ subject, most, mostOpen, member }: Counted, nowMs: number): number {
  const tries = listTries(counted, subject, nowMs)
  if (tries.has(member)) return 0
  if (tries.size >= most) return Math.ceil(Math.min(...tries.values()) - nowMs)
  const judged = listTries(open, subject, nowMs)
  return mostOpen && !judged.has(member) && judged.size >= mostOpen ? ROOM_SOON_MS : 0
}

/**
 * `takeTries` in this process's memory, while Redis is away: each process then counts independently.
 * Returns the milliseconds until the first limit that refuses has room, 0 when all have.
 */
export function takeTriesLocally(limits: readonly Counted[], nowMs = performance.now()): number {
  for (const limit of limits) {
    const waitMs = findWaitMs(limit, nowMs)
    if (waitMs > 0) return waitMs
  }
  for (const { subject, member, mostOpen, withinMs } of limits) {
    const store = mostOpen ? open : counted
    const tries = listTries(store, subject, nowMs)
    tries.set(member, nowMs + (mostOpen ? OPEN_MS : withinMs))
    store.set(subject, tries)
  }
  return 0
}

export function giveBackLocally(limits: readonly Pick<Counted, 'subject' | 'member'>[]): void {
  for (const { subject, member } of limits)
    for (const store of [open, counted]) store.get(subject)?.delete(member)
}

/** Open tries that turned out wrong count from now on. */
export function countLocally(limits: readonly Counted[], nowMs = performance.now()): void {
  for (const { subject, member, withinMs } of limits) {
    open.get(subject)?.delete(member)
    const tries = listTries(counted, subject, nowMs)
    tries.set(member, nowMs + withinMs)
    counted.set(subject, tries)
  }
}
