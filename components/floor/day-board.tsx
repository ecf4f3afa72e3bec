'use client'

import clsx from 'clsx'
import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useWakeLock } from '@/components/ui/client/use-wake-lock'
import { EmptyState } from '@/components/ui/empty-state'
import { BoardHeader } from './board-header'
import { DayNews } from './day-news'
import { DayNotices } from './day-summary'
import { DayGrid } from './grid/day-grid'
import { loadOtherDates, PartyList } from './parties/party-list'
import { SideLists } from './side-lists'
import { BoardBars } from './state/board-bars'
import { useBoardLive } from './state/board-context'
import { BoardProvider } from './state/board-provider'
import type { BoardOptions } from './state/use-board-state'
import { useHand } from './state/use-hand'
import { useWords } from './words/use-words'

const none: string[] = []

const loadPanels = () => import('./panels/open-panel')
const OpenPanel = dynamic(() => loadPanels().then((file) => file.OpenPanel), { ssr: false })

/** Loads the panels with the board, so that they work when the network fails. */
function usePanelsAtHand() {
  useEffect(() => {
    const timer = setTimeout(() => {
      void Promise.allSettled([loadPanels(), loadOtherDates()])
    }, 500)
    return () => clearTimeout(timer)
  }, [])
}

function Tables() {
  const { words } = useWords()
  const { day, trouble, panel } = useBoardLive()
  const targetId = panel?.kind === 'CHANGE' ? panel.slotId : null
  const target = useMemo(() => (targetId === null ? none : [targetId]), [targetId])
  if (day.slots.length === 0)
    return (
      <EmptyState title={words.noSchedule.title}>
        <p className="text-quiet">{words.noSchedule.text}</p>
      </EmptyState>
    )
  return (
    <DayGrid
      chosenIds={panel?.kind === 'WALK_IN' || panel?.kind === 'BOOK' ? panel.slotIds : target}
      staleAt={trouble && day.asOf}
    />
  )
}

/** Names the board and links to other dates. */
type Head = { heading: ReactNode; dates: ReactNode }

function Board({ heading, dates }: Head) {
  const [hand] = useHand()
  usePanelsAtHand()
  useWakeLock()
  const { day, shownLine, panel } = useBoardLive()
  const isLineOnly = shownLine !== null && day.tables.length === 0
  return (
    <div data-hand={hand} className="group/board flex grow flex-col gap-3 lg:min-h-0">
      <BoardHeader onlyLine={isLineOnly ? shownLine : null} heading={heading} dates={dates} />
      <DayNotices />
      <DayNews />
      <div className="flex grow flex-col gap-6 lg:min-h-0 lg:flex-row lg:group-data-[hand=left]/board:flex-row-reverse">
        <div
          className={
            isLineOnly
              ? 'hidden'
              : 'flex min-w-0 flex-col max-md:order-2 lg:min-h-0 lg:grow print:hidden'
          }
        >
          <Tables />
        </div>
        <div
          className={
            isLineOnly ? 'w-full lg:min-h-0' : 'lg:min-h-0 lg:w-95 lg:shrink-0 print:w-full'
          }
        >
          <SideLists
            waiting={shownLine}
            isLineFirst={day.slots.length === 0}
            isLineOnly={isLineOnly}
          >
            <PartyList />
          </SideLists>
        </div>
      </div>
      {panel && <OpenPanel panel={panel} />}
      <div
        className={clsx(
          'pointer-events-none fixed inset-x-0 bottom-0 z-40 mx-auto max-w-160 p-3 print:hidden',
          // The bars must not cover the buttons of the list or of an open panel.
          'lg:right-105 lg:group-data-[hand=left]/board:right-0 lg:group-data-[hand=left]/board:left-105',
          panel && 'md:max-lg:top-16 md:max-lg:bottom-auto',
        )}
      >
        <BoardBars />
      </div>
    </div>
  )
}

/** The evening on one screen: who sits where, who comes next, and every act one tap away. */
export function DayBoard({ heading, dates, ...options }: BoardOptions & Head) {
  return (
    <BoardProvider {...options}>
      <Board heading={heading} dates={dates} />
    </BoardProvider>
  )
}
