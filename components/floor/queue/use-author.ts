'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { serverClock } from '@/components/ui/client/server-clock'
import { useStable } from '@/components/ui/use-stable'
import type { Author, ProvenAuthor, SharedTablet } from '@/domain/restaurant/pin.schema'

/** Who acts, as each request says it. Empty: the device is one person's. */
export type By = { author?: string }

/** What a request says in its headers. */
export const headersOf = ({ author }: By): Record<string, string> =>
  author === undefined ? {} : { 'bobjool-author': author }

type Acting = Pick<ProvenAuthor, 'token' | 'accountId' | 'name'> & { untilMs: number }

/** Kept for this tab alone, so that a reload asks nobody again. */
function tryStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(sessionStorage)
  } catch {
    return null
  }
}

function readKept(name: string, people: Author[]): Acting | null {
  const text = tryStorage((storage) => storage.getItem(name))
  if (!text) return null
  try {
    const { token, accountId, untilMs } = JSON.parse(text)
    const person = people.find((one) => one.accountId === accountId)
    return person && typeof token === 'string' && typeof untilMs === 'number'
      ? { token, accountId: person.accountId, name: person.name, untilMs }
      : null
  } catch {
    return null
  }
}

/**
 * The person who acts on a shared tablet. `authorise` resolves at once while they do, and else once
 * someone has given their PIN; null: they left the dialog, and the act is not made. Without a network
 * nobody can be asked, and the last one goes on.
 */
export function useAuthor({
  tablet,
  restaurantId,
  asOf,
}: {
  /** Null: the device is one person's. */
  tablet: SharedTablet | null
  restaurantId: string
  /** The newest reading, by the database's clock. Null: there is none, and each act asks. */
  asOf: string | null
}) {
  const nowMs = () =>
    serverClock.readMs() ?? (asOf === null ? Number.POSITIVE_INFINITY : Date.parse(asOf))
  const [acting, setActing] = useState<Acting | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  // What `authorise` reads: an act may be refused and asked for again before the next render.
  const held = useRef<Acting | null>(null)
  const waiting = useRef<((by: By | null) => void)[]>([])
  const name = `bobjool.author.${restaurantId}`

  const keep = useStable((next: Acting | null) => {
    held.current = next
    setActing(next)
    tryStorage((storage) =>
      next ? storage.setItem(name, JSON.stringify(next)) : storage.removeItem(name),
    )
  })
  const people = tablet?.people
  useEffect(() => {
    held.current ??= people ? readKept(name, people) : null
    setActing(held.current)
  }, [name, people])

  const settle = (by: By | null) => {
    for (const tell of waiting.current.splice(0)) tell(by)
  }
  const authorise = useStable(async (): Promise<By | null> => {
    if (!tablet) return {}
    const last = held.current
    if (last && (nowMs() < last.untilMs || !navigator.onLine)) {
      keep({ ...last, untilMs: nowMs() + tablet.minutes * 60_000 })
      return { author: last.token }
    }
    setIsAsking(true)
    return new Promise((resolve) => {
      waiting.current.push(resolve)
    })
  })
  const begin = useStable(({ token, accountId, name: called, actsUntil }: ProvenAuthor) => {
    keep({ token, accountId, name: called, untilMs: Date.parse(actsUntil) })
    setIsAsking(false)
    settle({ author: token })
  })
  const change = useStable(() => setIsAsking(true))
  const leave = useStable(() => {
    setIsAsking(false)
    settle(null)
  })
  /** The service no longer takes their word: the next act asks. */
  const forget = useStable(() => keep(null))
  return useMemo(
    () => ({ tablet, acting, isAsking, authorise, begin, change, leave, forget }),
    [tablet, acting, isAsking, authorise, begin, change, leave, forget],
  )
}

export type AuthorState = ReturnType<typeof useAuthor>
