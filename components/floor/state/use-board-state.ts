'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef } from 'react'
import { useDay } from '@/components/floor/feed/use-day'
import { useNow } from '@/components/floor/feed/use-now'
import { useWaiting } from '@/components/floor/feed/use-waiting'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import { useActs } from '@/components/floor/queue/use-acts'
import { useAuthor } from '@/components/floor/queue/use-author'
import { useStable } from '@/components/ui/use-stable'
import { listMarked } from '@/domain/floor/queue.rules'
import type { Day } from '@/domain/floor/schema'
import type { Waiting } from '@/domain/line/waiting.types'
import type { SharedTablet } from '@/domain/restaurant/pin.schema'
import type { BoardControls, BoardLive, BoardView } from './board-context'
import type { BoardIdentity } from './board-identity'
import { useActControls } from './use-act-controls'
import { type Panel, usePanel } from './use-panel'

export type BoardOptions = {
  initialDay: Day
  /** Today's line. Null: the restaurant has none. */
  initialWaiting: Waiting | null
  isFollowingToday: boolean
  /** The day is what this browser kept, without a network. */
  isKept?: boolean
  identity: BoardIdentity
  /** What a shared tablet asks with. Null: the device is one person's. */
  tablet: SharedTablet | null
  /** The panel that the address asks for. */
  firstPanel: Panel
}

/** The server sends a new object with each answer; equal content keeps the old object. */
function useSameIdentity(identity: BoardIdentity): BoardIdentity {
  const { accountId, slug, canSettle, origin, locale } = identity
  return useMemo(
    () => ({ accountId, slug, canSettle, origin, locale }),
    [accountId, slug, canSettle, origin, locale],
  )
}

function useView({
  day,
  marks,
  queued,
  pending,
}: Pick<BoardView, 'marks' | 'queued' | 'pending'> & { day: Day }): BoardView {
  const nowMs = useNow(day.asOf)
  const waitingIds = useMemo(
    () => new Set(queued.filter(({ isTold }: PendingAct) => isTold).flatMap(listMarked)),
    [queued],
  )
  const { restaurantId, serviceDate, today, closed, slots, parties } = day
  const { tables, combinations, areas, floorPlan, closures } = day
  return useMemo(
    () => ({
      restaurantId,
      serviceDate,
      today,
      closed,
      tables,
      combinations,
      areas,
      floorPlan,
      closures,
      slots,
      parties,
      nowMs,
      marks,
      queued,
      pending,
      waitingIds,
    }),
    [
      restaurantId,
      serviceDate,
      today,
      closed,
      tables,
      combinations,
      areas,
      floorPlan,
      closures,
      slots,
      parties,
      nowMs,
      marks,
      queued,
      pending,
      waitingIds,
    ],
  )
}

/** At the day cut the server-rendered heading has to follow the board. */
function useDayCut(isDateOver: boolean) {
  const router = useRouter()
  useEffect(() => {
    if (isDateOver) router.refresh()
  }, [isDateOver, router])
}

/** The live day and today's live line, the open panel, and every staff act. */
export function useBoardState({
  initialDay,
  initialWaiting,
  isFollowingToday,
  isKept = false,
  firstPanel,
  tablet,
  ...options
}: BoardOptions): { controls: BoardControls; view: BoardView; live: BoardLive } {
  const router = useRouter()
  const identity = useSameIdentity(options.identity)
  const { accountId, locale } = identity
  const ownIds = useRef(new Set<string>())
  const { day, trouble, marks, news, ...feed } = useDay({
    initialDay,
    isFollowingToday,
    isKept,
    locale,
    ownIds,
  })
  const { waiting, ...line } = useWaiting({ initial: initialWaiting, locale })
  const refresh = () => {
    feed.refresh()
    line.refresh()
  }
  const author = useAuthor({ tablet, restaurantId: day.restaurantId, asOf: day.asOf })
  const acts = useActs({
    day,
    accountId,
    locale,
    ownIds,
    author,
    changeDay: feed.changeDay,
    changeLine: line.change,
    refresh,
  })
  const { panel, panelControls } = usePanel(firstPanel)
  const actControls = useActControls({ day, acts, panel, panelControls })
  const reload = useStable(() => {
    refresh()
    router.refresh()
  })
  useDayCut(day.serviceDate !== initialDay.serviceDate)

  const controls = useMemo(
    () => ({ identity, reload, authorise: author.authorise, ...panelControls, ...actControls }),
    [identity, reload, author.authorise, panelControls, actControls],
  )
  const { bars, doubt, queued, pending } = acts
  const view = useView({ day, marks, queued, pending })
  // The line is always today's.
  const shownLine = waiting?.serviceDate === day.serviceDate ? waiting : null
  const live = { day, trouble, news, waiting, shownLine, panel, bars, doubt, author }
  return { controls, view, live }
}
