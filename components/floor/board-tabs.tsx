'use client'

import clsx from 'clsx'
import { type KeyboardEvent, useRef } from 'react'
import { fillIn } from '@/components/ui/words'
import type { Tab } from './state/use-tab'
import { useWaitingWords } from './words/use-waiting-words'
import { useWords } from './words/use-words'

const turns: Partial<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

export const tabId = (tab: Tab) => `tab-${tab}`
export const tabPanelId = (tab: Tab) => `tabpanel-${tab}`

/** Chooses among the parts of the board that have no room side by side. */
export function BoardTabs({
  tabs,
  chosen,
  waiting,
  onChoose,
}: {
  tabs: Tab[]
  chosen: Tab
  /** How many parties wait in line. */
  waiting: number
  onChoose: (tab: Tab) => void
}) {
  const { words } = useWords()
  const { words: lineWords } = useWaitingWords()
  const list = useRef<HTMLDivElement>(null)
  const names = {
    ...{ PARTIES: lineWords.parties, LINE: lineWords.line },
    ...{ GRID: words.grid.tab, PICTURE: words.picture.tab },
  }

  function turn(event: KeyboardEvent) {
    const next = tabs[turns[event.key]?.(tabs.indexOf(chosen), tabs.length) ?? -1]
    if (!next) return
    event.preventDefault()
    onChoose(next)
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus()
  }

  return (
    <div
      ref={list}
      role="tablist"
      aria-label={lineWords.tabs}
      onKeyDown={turn}
      // Side by side, one list alone needs no tab, also before the page has measured its width.
      className={clsx('flex grow gap-1 print:hidden', !tabs.includes('LINE') && 'lg:hidden')}
    >
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={tabId(tab)}
          aria-selected={tab === chosen}
          aria-controls={tab === chosen ? tabPanelId(tab) : undefined}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => onChoose(tab)}
          className={clsx(
            'flex min-h-16 grow basis-0 flex-wrap items-center justify-center gap-x-2 rounded-small border px-2 text-17 leading-tight font-semibold',
            (tab === 'GRID' || tab === 'PICTURE') && 'lg:hidden',
            tab === chosen
              ? 'border-ink bg-ink text-paper'
              : 'border-line bg-raised hover:border-quiet',
          )}
        >
          {names[tab]}{' '}
          {tab === 'LINE' && (
            <span className="rounded-full border border-current px-2 text-15 whitespace-nowrap tabular-nums">
              {fillIn(lineWords.teams, { count: waiting })}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
