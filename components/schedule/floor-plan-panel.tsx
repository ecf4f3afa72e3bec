'use client'

import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { arrangeTables, putTable } from '@/domain/restaurant/floor-plan.rules'
import type { TablePlace } from '@/domain/restaurant/floor-plan.schema'
import { saveOwnFloorPlan } from '@/domain/restaurant/settings.actions'
import type { Table } from '@/domain/restaurant/setup.schema'
import type { Area } from '@/domain/restaurant/table-group.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { FloorPlanCanvas } from './floor-plan-canvas'
import { FloorPlanFields } from './floor-plan-fields'
import { Outcome } from './outcome'
import { useEdit } from './use-edit'

const isSame = (one: TablePlace[], other: TablePlace[]) =>
  JSON.stringify(one) === JSON.stringify(other)

/** Arranges the tables; nothing is saved before its button is pressed. */
export function FloorPlanPanel({
  restaurant,
  tables,
  areas,
  places: saved,
  locale,
  words,
}: {
  restaurant: Pick<OwnRestaurant, 'id' | 'version'>
  tables: Table[]
  areas: Area[]
  places: TablePlace[]
  locale: Locale
  words: Messages['schedule']
}) {
  const told = words.floorPlan
  const first = useMemo(() => arrangeTables({ tables, areas, places: [] }), [tables, areas])
  const present = useMemo(
    () => arrangeTables({ tables, areas, places: saved }),
    [tables, areas, saved],
  )
  /** Null: nothing is changed. */
  const [draft, setDraft] = useState<TablePlace[] | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const [moved, setMoved] = useState('')
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  // What has been drafted, of the tables that are there by now.
  const places = draft ? arrangeTables({ tables, areas, places: draft }) : present
  const place = places.find(({ tableNumber }) => tableNumber === chosen) ?? places[0]

  const change = (next: TablePlace[]) => {
    setDone(null)
    setDraft(next)
  }
  const put = (tableNumber: number, cell: { x: number; y: number }) => {
    const next = putTable({ places, tableNumber, ...cell })
    const at = next.find((one) => one.tableNumber === tableNumber)
    setChosen(tableNumber)
    if (!at || isSame(next, places)) return
    change(next)
    setMoved(fillIn(told.moved, { number: tableNumber, column: at.x + 1, row: at.y + 1 }))
  }
  const reshape = (tableNumber: number, shape: TablePlace['shape']) =>
    change(places.map((one) => (one.tableNumber === tableNumber ? { ...one, shape } : one)))
  const save = () => {
    // As at first: then new tables go on to find their places by area and number.
    const wished = isSame(places, first) ? [] : places
    run(
      (version) =>
        saveOwnFloorPlan({ restaurantId: restaurant.id, version, places: wished, locale }),
      () => {
        setDraft(null)
        setDone(told.saved)
      },
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-quiet">{told.hint}</p>
      <FloorPlanCanvas
        places={places}
        tables={tables}
        areas={areas}
        chosen={chosen}
        words={words}
        onChoose={setChosen}
        onPut={put}
      />
      <LiveArea className="sr-only">{moved}</LiveArea>
      {place && (
        <FloorPlanFields
          places={places}
          place={place}
          words={words}
          onChoose={setChosen}
          onPut={put}
          onShape={reshape}
        />
      )}
      <Outcome refusal={refusal} done={done} words={words} />
      <div className="flex flex-wrap gap-3">
        <Button size="large" disabled={isRunning || isSame(places, present)} onClick={save}>
          {isRunning ? words.working : told.save}
        </Button>
        <Button
          size="large"
          tone="outline"
          disabled={isRunning || isSame(places, first)}
          onClick={() => change(first)}
        >
          {told.reset}
        </Button>
        {draft && !isSame(places, present) && (
          <Button size="large" tone="quiet" disabled={isRunning} onClick={() => setDraft(null)}>
            {told.discard}
          </Button>
        )}
      </div>
    </div>
  )
}
