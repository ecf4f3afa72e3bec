'use client'

import { useCallback, useEffect, useState } from 'react'
import { useIsWide } from './use-is-wide'
import { useKeptChoice } from './use-kept-choice'
import type { Panel } from './use-panel'

/** The tables by time, or where they stand. */
export type TablesView = 'GRID' | 'PICTURE'
/** The reservations, the line, and the tables. */
export type Tab = 'PARTIES' | 'LINE' | TablesView

const tablesViews = ['GRID', 'PICTURE'] as const
const anyTab = ['PARTIES', 'LINE', ...tablesViews] as const
const lineFirst = ['LINE', 'PARTIES', ...tablesViews] as const

const isOfTables = (tab: Tab | null): tab is TablesView => tab === 'GRID' || tab === 'PICTURE'

/** While one of these is open, a tap on a table chooses it. */
const onTables: readonly string[] = ['WALK_IN', 'BOOK', 'CHANGE']

/**
 * The part of the board that is shown: as this device keeps it, but the tables while one is being
 * chosen, and the reservations once staff search. Where there is room the tables stand beside them, as the
 * one view of theirs that was chosen last.
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
  const [keptTables, keepTables] = useKeptChoice<TablesView>({
    key: 'bobjool.tables',
    choices: tablesViews,
  })
  const [passing, setPassing] = useState<Tab | null>(null)
  const isChoosing = panel !== null && onTables.includes(panel.kind)
  useEffect(() => {
    if (isChoosing) setPassing(keptTables)
    else setPassing((before) => (isOfTables(before) ? null : before))
  }, [isChoosing, keptTables])

  const lists: Tab[] = hasLine ? ['PARTIES', 'LINE'] : ['PARTIES']
  const tabs: Tab[] = isWide ? lists : [...lists, ...tablesViews]
  const listOf = (tab: Tab) => lists.find((list) => list === tab)
  const wished = passing ?? kept
  const list = listOf(wished) ?? listOf(kept) ?? (isLineFirst && hasLine ? 'LINE' : 'PARTIES')
  const shown = !isWide && isOfTables(wished) ? wished : list

  const choose = (tab: Tab) => {
    setPassing(null)
    keep(tab)
    if (isOfTables(tab)) keepTables(tab)
  }
  const showParties = useCallback(() => setPassing('PARTIES'), [])
  return {
    tabs,
    shown,
    list,
    /** The view of the tables that is shown or, behind a list, would be. */
    tables: isOfTables(shown) ? shown : keptTables,
    isWide,
    choose,
    chooseTables: keepTables,
    showParties,
  }
}
