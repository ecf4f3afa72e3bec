'use client'

import { useCallback, useEffect, useState } from 'react'
import { useIsWide } from './use-is-wide'
import { useKeptChoice } from './use-kept-choice'
import type { Panel } from './use-panel'

/** The reservations, the line, and the tables by time. */
export type Tab = 'PARTIES' | 'LINE' | 'GRID'

const anyTab = ['PARTIES', 'LINE', 'GRID'] as const
const lineFirst = ['LINE', 'PARTIES', 'GRID'] as const

/** While one of these is open, a tap on a cell chooses it. */
const onGrid: readonly string[] = ['WALK_IN', 'BOOK', 'CHANGE']

/**
 * The part of the board that is shown: as this device keeps it, but the tables while one is being
 * chosen, and the reservations once staff search. Where there is room the tables stand beside them.
 */
export function useTab({
  hasLine,
  isLineFirst,
  panel,
}: {
  hasLine: boolean
  isLineFirst: boolean
  panel: Panel
}) {
  const isWide = useIsWide()
  const [kept, keep] = useKeptChoice<Tab>({
    key: 'bobjool.tab',
    choices: isLineFirst ? lineFirst : anyTab,
  })
  const [passing, setPassing] = useState<Tab | null>(null)
  const isChoosing = panel !== null && onGrid.includes(panel.kind)
  useEffect(() => {
    if (isChoosing) setPassing('GRID')
    else setPassing((before) => (before === 'GRID' ? null : before))
  }, [isChoosing])

  const lists: Tab[] = hasLine ? ['PARTIES', 'LINE'] : ['PARTIES']
  const tabs: Tab[] = isWide ? lists : [...lists, 'GRID']
  const listOf = (tab: Tab) => lists.find((list) => list === tab)
  const wished = passing ?? kept
  const list = listOf(wished) ?? listOf(kept) ?? (isLineFirst && hasLine ? 'LINE' : 'PARTIES')
  const shown = !isWide && wished === 'GRID' ? 'GRID' : list

  const choose = (tab: Tab) => {
    setPassing(null)
    keep(tab)
  }
  const showParties = useCallback(() => setPassing('PARTIES'), [])
  return { tabs, shown, list, isWide, choose, showParties }
}
