'use client'

import clsx from 'clsx'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { useStable } from '@/components/ui/use-stable'
import type { Day } from '@/domain/floor/schema'
import type { Waiting } from '@/domain/line/waiting.types'
import { BoardHeader } from './board-header'
import { DayNews } from './day-news'
import { DayNotices } from './day-summary'
import { useNow } from './feed/use-now'
import { DayGrid } from './grid/day-grid'
import { PartyList } from './parties/party-list'
import { ActBars } from './queue/act-bars'
import { QueueBar } from './queue/queue-bar'
import { SideLists } from './side-lists'
import type { BoardIdentity } from './state/board-identity'
import { useHand } from './state/use-hand'
import { useLiveBoard } from './state/use-live-board'
import type { Panel } from './state/use-panel'
import { useWords } from './words/use-words'

const none: string[] = []

const loadPanels = () => import('./panels/open-panel')
const loadOtherDates = () => import('./parties/other-dates')
const OpenPanel = dynamic(() => loadPanels().then((file) => file.OpenPanel), { ssr: false })
const OtherDates = dynamic(() => loadOtherDates().then((file) => file.OtherDates), { ssr: false })

/** Fetched when the board stands, so that they are here when the network is not. */
function usePanelsAtHand() {
  useEffect(() => {
    const timer = setTimeout(() => {
      void Promise.allSettled([loadPanels(), loadOtherDates()])
    }, 500)
    return () => clearTimeout(timer)
  }, [])
}

type Props = {
  initialDay: Day
  /** Today's line. Null: the restaurant has none. */
  initialWaiting: Waiting | null
  isFollowingToday: boolean
  identity: BoardIdentity
  /** What the address asks to be opened. */
  firstPanel: Panel
  /** Whose board it is, and the way to other dates. */
  heading: ReactNode
  dates: ReactNode
}

/** The evening on one screen: who sits where, who comes next, and every act one tap away. */
export function DayBoard({
  initialDay,
  initialWaiting,
  isFollowingToday,
  identity,
  firstPanel,
  ...rest
}: Props) {
  const { t } = useWords()
  const router = useRouter()
  const [hand] = useHand()
  usePanelsAtHand()
  const { slug, locale } = identity
  const live = useLiveBoard({
    initialDay,
    initialWaiting,
    isFollowingToday,
    identity,
    firstPanel,
  })
  const { day, trouble, marks, news, waiting, shownLine, waitingIds, refresh, taps } = live
  const { bars, pending, queued, undo, drop, takeBack } = live.acts
  const { panel, close, open, openParty, toggleSlot, choose } = live.panel
  const nowMs = useNow(day.asOf)
  const { tables, slots, parties, restaurantId, serviceDate, today } = day
  const renderOtherDates = useStable((search: string) => (
    <OtherDates {...{ restaurantId, slug, search, today, locale }} date={serviceDate} />
  ))

  // At the day cut the heading, which the server wrote, has to follow the board.
  const isDateOver = day.serviceDate !== initialDay.serviceDate
  useEffect(() => {
    if (isDateOver) router.refresh()
  }, [isDateOver, router])

  const isLineOnly = shownLine !== null && tables.length === 0
  const watched = { parties, nowMs, marks }
  const over = (
    <ActBars bars={bars} pending={pending} onUndo={undo} onClose={drop}>
      <QueueBar acts={queued} day={day} onTakeBack={takeBack} />
    </ActBars>
  )
  return (
    <div data-hand={hand} className="group/board flex grow flex-col gap-3 lg:min-h-0">
      <BoardHeader
        {...{ day, nowMs, ...rest }}
        onlyLine={isLineOnly ? shownLine : null}
        onOpen={open}
      />
      <DayNotices day={day} trouble={trouble} locale={locale} />
      <DayNews news={news} day={day} />
      <div className="flex grow flex-col gap-6 lg:min-h-0 lg:flex-row lg:group-data-[hand=left]/board:flex-row-reverse">
        <div
          className={
            isLineOnly ? 'hidden' : 'flex min-w-0 flex-col max-md:order-2 lg:min-h-0 lg:grow'
          }
        >
          {slots.length === 0 ? (
            <EmptyState title={t('noSchedule.title')}>
              <p className="text-quiet">{t('noSchedule.text')}</p>
            </EmptyState>
          ) : (
            <DayGrid
              {...watched}
              tables={tables}
              slots={slots}
              chosenIds={panel?.kind === 'WALK_IN' ? panel.slotIds : none}
              waitingIds={waitingIds}
              staleAt={trouble && day.asOf}
              onChoose={choose}
            />
          )}
        </div>
        <div className={isLineOnly ? 'w-full lg:min-h-0' : 'lg:min-h-0 lg:w-95 lg:shrink-0'}>
          <SideLists
            {...{ nowMs, pending, queued }}
            waiting={shownLine}
            isLineFirst={slots.length === 0}
            isLineOnly={isLineOnly}
            onOpen={taps.onOpenTicket}
            onAct={taps.onTapTicket}
            onChangeLine={taps.onOpenLine}
          >
            <PartyList
              {...watched}
              pending={pending}
              queued={queued}
              renderOtherDates={renderOtherDates}
              onOpen={openParty}
              onAct={taps.onAct}
            />
          </SideLists>
        </div>
      </div>
      {panel && (
        <OpenPanel
          {...{ panel, day, waiting, nowMs, identity, pending, queued, over }}
          onAct={taps.onAct}
          onTicketAct={taps.onTicketAct}
          onTakeBack={takeBack}
          onToggle={toggleSlot}
          onSeat={taps.onSeat}
          onBlock={taps.onBlock}
          onOpen={open}
          onChanged={() => {
            refresh()
            router.refresh()
          }}
          onClose={close}
        />
      )}
      <div
        className={clsx(
          'pointer-events-none fixed inset-x-0 bottom-0 z-40 mx-auto max-w-160 p-3',
          // The list, and what is open in its place, keep their buttons free.
          'lg:right-105 lg:group-data-[hand=left]/board:right-0 lg:group-data-[hand=left]/board:left-105',
          panel && 'md:max-lg:top-16 md:max-lg:bottom-auto',
        )}
      >
        {over}
      </div>
    </div>
  )
}
