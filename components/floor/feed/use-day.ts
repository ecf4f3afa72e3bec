'use client'

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Repeating } from '@/components/ui/client/poll'
import type { DayChange } from '@/domain/floor/change.rules'
import { mergeDay } from '@/domain/floor/change.rules'
import type { Day } from '@/domain/floor/schema'
import type { Locale } from '@/lib/i18n/locale'
import { startWatchedFeed, type Trouble } from './watched-feed'

/** How long a change by another person stays marked. */
const MARK_MS = 8_000

type View = {
  day: Day
  trouble: Trouble | null
  /** Recent changes by others, each with the end of its mark by the database's clock. */
  marks: ReadonlyMap<string, number>
  /** The newest of those changes, for screen readers. */
  news: DayChange | null
}

type OwnIds = RefObject<Set<string>>

function isOwn({ change, ownIds }: { change: DayChange; ownIds: Set<string> }): boolean {
  return ownIds.has(change.reservationId) || change.slotIds.some((id) => ownIds.has(id))
}

function receive({ view, fresh, ownIds }: { view: View; fresh: Day; ownIds: Set<string> }): View {
  const { day, changes } = mergeDay({ known: view.day, fresh })
  const nowMs = Date.parse(day.asOf)
  const others = changes.filter((change) => !isOwn({ change, ownIds }))
  const lasting = [...view.marks].filter(([, untilMs]) => untilMs > nowMs)
  const isMarked = others.length > 0 || lasting.length !== view.marks.size
  const marks = isMarked
    ? new Map([
        ...lasting,
        ...others.map(({ reservationId }) => [reservationId, nowMs + MARK_MS] as const),
      ])
    : view.marks
  return { day, trouble: null, marks, news: others.at(-1) ?? view.news }
}

/**
 * The live day. `ownIds` names this device's own changes, which are not news to it. With
 * `isFollowingToday` the board moves to the new service date at the day cut.
 */
export function useDay({
  initialDay,
  isFollowingToday,
  isKept,
  locale,
  ownIds,
}: {
  initialDay: Day
  /** The day is what this browser kept, without a network. */
  isKept: boolean
  isFollowingToday: boolean
  locale: Locale
  ownIds: OwnIds
}) {
  const [view, setView] = useState<View>({
    day: initialDay,
    trouble: isKept ? 'OFFLINE' : null,
    marks: new Map(),
    news: null,
  })
  const feed = useRef<Repeating>(null)
  const { restaurantId, serviceDate, pollAfterMs } = initialDay
  useEffect(() => {
    const date = isFollowingToday ? '' : `?date=${serviceDate}`
    const started = startWatchedFeed<Day>({
      url: `/api/v1/restaurants/${restaurantId}/day${date}`,
      locale,
      pollAfterMs,
      onValue: (fresh) => setView((view) => receive({ view, fresh, ownIds: ownIds.current })),
      onTrouble: (trouble) => setView((view) => ({ ...view, trouble })),
    })
    feed.current = started
    return started.stop
  }, [restaurantId, serviceDate, pollAfterMs, isFollowingToday, locale, ownIds])

  const changeDay = useCallback((change: (day: Day) => Day) => {
    setView((view) => ({ ...view, day: change(view.day) }))
  }, [])
  const refresh = useCallback(() => feed.current?.askNow(), [])
  return { ...view, changeDay, refresh }
}
