'use client'

import clsx from 'clsx'
import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { useWakeLock } from '@/components/ui/client/use-wake-lock'
import { EmptyState } from '@/components/ui/empty-state'
import { ActsIcon } from '@/components/ui/staff-icons'
import { splitWaiting } from '@/domain/line/waiting.rules'
import type { Waiting } from '@/domain/line/waiting.types'
import { AuthorBar } from './author/author-bar'
import { BoardHeader } from './board-header'
import { BoardSearch } from './board-search'
import { BoardTabs, tabId, tabPanelId } from './board-tabs'
import { DayNews } from './day-news'
import { DayNotices } from './day-summary'
import { DayGrid } from './grid/day-grid'
import { WaitingList } from './line/waiting-list'
import type { BoardHead } from './offline/kept-board'
import { EveningPaper } from './parties/evening-paper'
import type { Wanted } from './parties/party-filters'
import { loadOtherDates, PartyList } from './parties/party-list'
import { ShiftNoteCard } from './shift-note-card'
import { BoardBars } from './state/board-bars'
import { useBoardControls, useBoardLive } from './state/board-context'
import { BoardProvider } from './state/board-provider'
import { useAwake } from './state/use-awake'
import type { BoardOptions } from './state/use-board-state'
import { useHand } from './state/use-hand'
import { type Tab, type TablesView, useTab } from './state/use-tab'
import { useVisibleHeight } from './state/use-visible-height'
import { useWords } from './words/use-words'

const none: string[] = []

const loadPanels = () => import('./panels/open-panel')
const BoardKeeper = dynamic(
  () => import('./offline/board-keeper').then((file) => file.BoardKeeper),
  { ssr: false },
)
const OpenPanel = dynamic(() => loadPanels().then((file) => file.OpenPanel), { ssr: false })

const loadPicture = () => import('./picture/floor-picture')
const FloorPicture = dynamic(() => loadPicture().then((file) => file.FloorPicture), { ssr: false })

/** Loads the panels with the board, so that they work when the network fails. */
function usePanelsAtHand() {
  useEffect(() => {
    const timer = setTimeout(() => {
      void Promise.allSettled([loadPanels(), loadOtherDates(), loadPicture()])
    }, 500)
    return () => clearTimeout(timer)
  }, [])
}

function Tables({ view }: { view: TablesView }) {
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
  const View = view === 'GRID' ? DayGrid : FloorPicture
  return (
    <View
      chosenIds={panel?.kind === 'WALK_IN' || panel?.kind === 'BOOK' ? panel.slotIds : target}
      staleAt={trouble && day.asOf}
    />
  )
}

/** Where tables and lists stand side by side, the other view of the tables is one tap away. */
function TablesSwitch({
  view,
  onChange,
}: {
  view: TablesView
  onChange: (view: TablesView) => void
}) {
  const { words } = useWords()
  const other = view === 'GRID' ? 'PICTURE' : 'GRID'
  return (
    <Button
      size="large"
      tone="outline"
      onClick={() => onChange(other)}
      className="shrink-0 max-lg:hidden print:hidden"
    >
      {other === 'GRID' ? words.picture.toGrid : words.picture.tab}
    </Button>
  )
}

/** Names the board and links to other dates. */
type Head = { heading: ReactNode; dates: ReactNode }

/** The reservations or the line, whichever is chosen; on paper the evening, whichever is. */
function Lists({
  list,
  wanted,
  onChange,
}: {
  list: Tab
  wanted: Wanted
  onChange: (wanted: Wanted) => void
}) {
  const { shownLine } = useBoardLive()
  return (
    <>
      <div className="contents print:hidden">
        {list === 'LINE' && shownLine ? (
          <WaitingList waiting={shownLine} />
        ) : (
          <PartyList wanted={wanted} onChange={onChange} />
        )}
      </div>
      <EveningPaper />
    </>
  )
}

/** On a narrow screen a panel takes half of the height, so the header makes way for the tables. */
function useHeaderGivesWay(isOpen: boolean) {
  const scroller = useRef<HTMLDivElement>(null)
  const finder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = scroller.current
    if (!isOpen || !element) return
    const observer = new ResizeObserver(() =>
      element.scrollTo({ top: finder.current?.offsetTop ?? 0 }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [isOpen])
  return { scroller, finder }
}

/** Everything of a board that takes reservations: its parts side by side, or as tabs. */
function Parts({ heading, dates }: Head) {
  const { words } = useWords()
  const { day, shownLine, panel } = useBoardLive()
  const { closePanel, openPanel } = useBoardControls()
  const [wanted, setWanted] = useState<Wanted>({ filter: 'COMING', search: '' })
  const { tabs, shown, list, tables, isWide, choose, chooseTables, showParties } = useTab({
    hasLine: shownLine !== null,
    isLineFirst: day.slots.length === 0,
    panel,
  })
  const { scroller, finder } = useHeaderGivesWay(panel !== null)
  const search = (text: string) => {
    closePanel()
    showParties()
    setWanted((before) => ({ ...before, search: text }))
  }
  const hasTabs = tabs.length > 1
  const asPanelOf = (tab: Tab) =>
    hasTabs && tabs.includes(tab)
      ? { role: 'tabpanel', id: tabPanelId(tab), 'aria-labelledby': tabId(tab) }
      : {}
  return (
    <div
      ref={scroller}
      className="relative flex min-h-0 grow flex-col overflow-y-auto px-4 md:px-6 lg:contents print:block print:overflow-visible print:p-0"
    >
      <div className="flex flex-col gap-2 pt-2 [grid-area:head]">
        <BoardHeader onlyLine={null} heading={heading} dates={dates} />
        <AuthorBar />
        <DayNotices />
        <DayNews />
      </div>
      <div
        ref={finder}
        className="sticky top-0 z-20 flex flex-wrap gap-2 bg-paper py-2 [grid-area:find] md:flex-nowrap lg:static lg:flex-wrap lg:py-0"
      >
        {hasTabs && (
          <BoardTabs
            tabs={tabs}
            chosen={shown}
            waiting={shownLine ? splitWaiting(shownLine.tickets).inLine.length : 0}
            onChoose={choose}
          />
        )}
        <div className="flex min-w-60 grow basis-0 gap-2 max-md:basis-full md:max-lg:min-w-66 lg:basis-full">
          <BoardSearch search={wanted.search} onChange={search} />
          {day.slots.length > 0 && <TablesSwitch view={tables} onChange={chooseTables} />}
          <Button
            size="large"
            tone="outline"
            aria-label={words.tonightActs.open}
            onClick={() => openPanel({ kind: 'ACTS' })}
            className="shrink-0 px-3! print:hidden"
          >
            <ActsIcon />
          </Button>
        </div>
      </div>
      <div
        {...asPanelOf(tables)}
        className={clsx(
          'flex min-h-100 min-w-0 grow basis-0 flex-col [grid-area:tables] lg:min-h-0 print:hidden',
          // Long enough for the header to give way whole, on any upright tablet.
          'max-lg:group-has-[dialog]/board:min-h-[max(25rem,100%_-_5rem)]',
          shown === list && 'max-lg:hidden',
        )}
      >
        <Tables view={tables} />
      </div>
      <div
        {...asPanelOf(list)}
        className={clsx(
          'pb-3 [grid-area:side] lg:flex lg:min-h-0 lg:flex-col lg:pb-0 print:w-full',
          shown !== list && !isWide && 'max-lg:not-print:hidden',
        )}
      >
        <ShiftNoteCard />
        <div className="lg:min-h-0 lg:grow">
          <Lists list={list} wanted={wanted} onChange={setWanted} />
        </div>
      </div>
    </div>
  )
}

/** A restaurant that has only a line. */
function OnlyLine({ heading, dates, line }: Head & { line: Waiting }) {
  return (
    <div className="flex min-h-0 grow flex-col gap-2 overflow-y-auto px-4 pb-2 md:px-6 lg:contents">
      <div className="flex flex-col gap-2 pt-2 [grid-area:head]">
        <BoardHeader onlyLine={line} heading={heading} dates={dates} />
        <AuthorBar />
        <DayNotices />
        <DayNews />
      </div>
      {/* It has the whole width, but where a panel stands beside it. */}
      <div className="lg:flex lg:min-h-0 lg:flex-col lg:[grid-area:2/1/4/3] lg:group-has-[dialog]/board:[grid-area:tables]">
        <ShiftNoteCard />
        <div className="lg:min-h-0 lg:grow">
          <WaitingList waiting={line} />
        </div>
      </div>
    </div>
  )
}

function Board(head: Head) {
  const [hand] = useHand()
  usePanelsAtHand()
  const [awake] = useAwake()
  useWakeLock(awake === 'on')
  useVisibleHeight()
  const { day, shownLine, panel } = useBoardLive()
  const isLineOnly = shownLine !== null && day.tables.length === 0
  return (
    <div
      data-hand={hand}
      className="group/board board-areas flex min-h-0 grow flex-col lg:grid print:block"
    >
      {isLineOnly ? <OnlyLine {...head} line={shownLine} /> : <Parts {...head} />}
      {panel && <OpenPanel panel={panel} />}
      {/* Their own place, so that they cover nothing. */}
      <div className="max-h-[45dvh] shrink-0 overflow-y-auto px-4 [grid-area:bars] not-empty:pb-2 md:px-6 lg:px-0 print:hidden">
        <BoardBars />
      </div>
    </div>
  )
}

/** The evening on one screen: who sits where, who comes next, and every act one tap away. */
export function DayBoard({
  heading,
  dates,
  head,
  ...options
}: BoardOptions & Head & { head: BoardHead }) {
  return (
    <BoardProvider {...options}>
      <Board heading={heading} dates={dates} />
      <BoardKeeper head={head} />
    </BoardProvider>
  )
}
