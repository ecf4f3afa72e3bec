'use client'

import clsx from 'clsx'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { Day, DayParty } from '@/domain/board/day/types'
import { isOpenToWalkIn } from '@/domain/board/day/walk-in/rules'
import type { ReservationAct } from '@/domain/booking/types'
import type { Locale } from '@/lib/locale'
import { ActBars } from './act-bars'
import { DayGrid } from './day-grid'
import { DayNews } from './day-news'
import { DayNotices, DaySummary } from './day-summary'
import { OpenPanel } from './open-panel'
import { PartyList } from './party-list'
import { useActs, type WalkInWish } from './use-acts'
import { useDay } from './use-day'
import { useNow } from './use-now'
import { usePanel } from './use-panel'
import { useStable } from './use-stable'
import { useWords } from './use-words'

const none: string[] = []

type Props = {
  initialDay: Day
  isFollowingToday: boolean
  locale: Locale
  /** Whose board it is, and the way to other dates. */
  heading: ReactNode
  dates: ReactNode
}

/** The evening on one screen: who sits where, who comes next, and every act one tap away. */
export function DayBoard({ initialDay, isFollowingToday, locale, heading, dates }: Props) {
  const { t } = useWords()
  const router = useRouter()
  const ownIds = useRef(new Set<string>())
  const live = useDay({ initialDay, isFollowingToday, locale, ownIds })
  const { day, trouble, marks, news, changeDay, refresh } = live
  const isLive = trouble === null
  const acts = useActs({ day, isLive, locale, ownIds, changeDay, refresh })
  const { bars, pending, undo, drop } = acts
  const nowMs = useNow(day.asOf)
  const { panel, close, openParty, openWalkIn, toggleSlot, choose } = usePanel()
  const act = useStable(async (party: DayParty, work: ReservationAct) => {
    if (await acts.act(party, work)) close()
  })
  const seat = async (wish: WalkInWish) => {
    if (await acts.seatWalkIn(wish)) close()
  }

  // At the day cut the heading, which the server wrote, has to follow the board.
  const isDateOver = day.serviceDate !== initialDay.serviceDate
  useEffect(() => {
    if (isDateOver) router.refresh()
  }, [isDateOver, router])

  const { tables, slots, parties } = day
  const watched = { parties, nowMs, marks }
  const over = (
    <ActBars bars={bars} pending={pending} locale={locale} onUndo={undo} onClose={drop} />
  )
  return (
    <div className="flex grow flex-col gap-3 lg:min-h-0">
      <header className="flex flex-wrap items-center gap-3 md:flex-nowrap">
        <div className="flex min-w-0 grow flex-col gap-1">
          {heading}
          <DaySummary day={day} />
        </div>
        <div className="min-w-0 max-md:grow md:shrink-0">{dates}</div>
        {slots.some((slot) => isOpenToWalkIn({ slot, nowMs })) && (
          <Button size="large" onClick={openWalkIn} className="shrink-0 max-md:w-full">
            {t('walkIn.open')}
          </Button>
        )}
      </header>
      <DayNotices day={day} trouble={trouble} locale={locale} />
      <DayNews news={news} day={day} />
      <div className="flex grow flex-col gap-6 lg:min-h-0 lg:flex-row">
        <div className="flex min-w-0 flex-col max-md:order-2 lg:min-h-0 lg:grow">
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
              onChoose={choose}
            />
          )}
        </div>
        <div className="lg:min-h-0 lg:w-95 lg:shrink-0">
          <PartyList {...watched} pending={pending} onOpen={openParty} onAct={act} />
        </div>
      </div>
      <OpenPanel
        panel={panel}
        day={day}
        nowMs={nowMs}
        pending={pending}
        over={over}
        onAct={act}
        onToggle={toggleSlot}
        onSeat={seat}
        onClose={close}
      />
      <div
        className={clsx(
          'pointer-events-none fixed inset-x-0 z-40 mx-auto w-full max-w-160 p-3',
          // Every page says at its lower edge that there is no network.
          trouble === 'OFFLINE' ? 'bottom-24' : 'bottom-0',
          // What is open keeps its own buttons free.
          panel && 'md:max-lg:top-16 md:max-lg:bottom-auto lg:right-105',
        )}
      >
        {over}
      </div>
    </div>
  )
}
