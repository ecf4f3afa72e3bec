import { LRUCache } from 'lru-cache'

type Counted = { subject: string; most: number; withinMs: number; member: string }

/** What counts against each limit, and until when; a process forgets the oldest limits first. */
const open = new LRUCache<string, Map<string, number>>({ max: 20_000 })

function listOpen({ subject }: Counted, nowMs: number): Map<string, number> {
  const tries = open.get(subject) ?? new Map<string, number>()
  for (const [member, untilMs] of tries) if (untilMs <= nowMs) tries.delete(member)
  return tries
}

/**
 * `takeTries` in this process's memory, while Redis is away: each process then counts independently.
 * Returns the milliseconds until the first limit that refuses has room, 0 when all have.
 */
export function takeTriesLocally(limits: readonly Counted[], nowMs = performance.now()): number {
  for (const limit of limits) {
    const tries = listOpen(limit, nowMs)
    if (tries.has(limit.member) || tries.size < limit.most) continue
    return Math.ceil(Math.min(...tries.values()) - nowMs)
  }
  for (const limit of limits) {
    const tries = listOpen(limit, nowMs)
    tries.set(limit.member, nowMs + limit.withinMs)
    open.set(limit.subject, tries)
  }
  return 0
}

export function giveBackLocally(limits: readonly Pick<Counted, 'subject' | 'member'>[]): void {
  for (const { subject, member } of limits) open.get(subject)?.delete(member)
}
