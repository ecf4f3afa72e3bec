'use client'

import clsx from 'clsx'
import { useMemo, useRef } from 'react'
import { useBoardLive, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { PlanAreas } from '@/components/restaurant/floor-plan/plan-areas'
import { styleCell, styleFrame, usePlanFrame } from '@/components/restaurant/floor-plan/plan-frame'
import { fillIn } from '@/components/ui/words'
import { layOutRows } from '@/domain/floor/grid.rules'
import { listJoined, readTableAt } from '@/domain/floor/picture.rules'
import { listTablesNow } from '@/domain/floor/walk-in-now.rules'
import { arrangeTables } from '@/domain/restaurant/floor-plan.rules'
import { Joints } from './joints'
import { PictureTable } from './picture-table'
import { usePictureTime } from './use-picture-time'

/** The tables as the grid has them, each with the one cell that it shows at that time. */
function useShownTables(atMs: number) {
  const { panel } = useBoardLive()
  const day = useBoardView()
  const { tables, slots, parties, closed: isClosed, serviceDate, today, nowMs } = day
  // Only a seating of the plan can be booked or moved to.
  const isOfPlan = panel?.kind === 'BOOK' || panel?.kind === 'CHANGE'
  return useMemo(() => {
    const isToday = serviceDate === today
    const seats = isOfPlan
      ? []
      : listTablesNow({ day: { tables, slots, serviceDate, today }, nowMs })
    const rows = layOutRows({ day: { tables, slots, parties }, nowMs, isClosed, isToday })
    return rows.map((row) => {
      const { number } = row.table
      const tableNow = seats.find(({ tableNumber }) => tableNumber === number) ?? null
      return readTableAt({ row, atMs, nowMs, tableNow })
    })
  }, [tables, slots, parties, isClosed, serviceDate, today, nowMs, atMs, isOfPlan])
}

/** Chooses between the present and the seatings to come. */
function TimeChoice({
  times,
  chosen,
  isOfPanel,
  canFollowNow,
  choose,
  atMs,
}: ReturnType<typeof usePictureTime>) {
  const { words, nameTime, formatTime } = useWords()
  const now = fillIn(words.grid.now, { time: formatTime(atMs) })
  return (
    <label className="flex shrink-0 items-center gap-3 pb-2">
      <span className="text-15 text-quiet">{words.picture.time}</span>
      <select
        value={isOfPanel ? 'PANEL' : (chosen ?? '')}
        disabled={isOfPanel}
        onChange={({ target }) => choose(target.value || null)}
        className="min-h-12 rounded-small border border-quiet bg-raised px-3 text-17 tabular-nums"
      >
        {isOfPanel && <option value="PANEL">{formatTime(atMs)}</option>}
        {canFollowNow && <option value="">{chosen === null ? now : words.picture.now}</option>}
        {times.map((time) => (
          <option key={time} value={time}>
            {nameTime(time)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The room with its tables where they stand, live, with the grid's acts: a tap means what it does there. */
export function FloorPicture({
  chosenIds,
  staleAt,
}: {
  chosenIds: readonly string[]
  /** The instant at which the board stopped being live. Null: it is live. */
  staleAt: string | null
}) {
  const { tables, areas, floorPlan, nowMs, marks, waitingIds } = useBoardView()
  const { words, formatTime } = useWords()
  const room = useRef<HTMLDivElement>(null)
  const time = usePictureTime()
  const shown = useShownTables(time.atMs)
  const places = useMemo(
    () => arrangeTables({ tables, areas, places: floorPlan }),
    [tables, areas, floorPlan],
  )
  const frame = usePlanFrame({ places, room })
  const joined = useMemo(() => listJoined(shown), [shown])
  const areaOf = (number: number) =>
    areas.find(({ tableNumbers }) => tableNumbers.includes(number))?.name ?? null
  return (
    <section aria-label={words.picture.label} className="flex min-h-0 grow flex-col">
      <div className="flex flex-wrap items-center gap-3">
        <TimeChoice {...time} />
        {staleAt && (
          <p className="text-15 font-semibold text-waiting">
            {fillIn(words.live.stale, { time: formatTime(staleAt) })}
          </p>
        )}
      </div>
      <div
        ref={room}
        className={clsx(
          'relative isolate min-h-0 grow overflow-auto',
          staleAt && 'mb-0.5 rounded-small outline-2 outline-waiting outline-dashed',
        )}
      >
        <div className="relative mx-auto" style={styleFrame(frame)}>
          <PlanAreas areas={areas} places={places} frame={frame} />
          <Joints joined={joined} places={places} frame={frame} />
          <ul>
            {shown.map((table) => {
              const { number } = table.table
              const place = places.find(({ tableNumber }) => tableNumber === number)
              const reservationId = table.block?.party?.reservationId ?? ''
              const ids = [...(table.block?.slotIds ?? []), reservationId]
              return (
                place && (
                  <li
                    key={number}
                    className="absolute px-1.5 pt-6 pb-2"
                    style={styleCell(frame, place)}
                  >
                    <PictureTable
                      shown={table}
                      shape={place.shape}
                      nowMs={nowMs}
                      area={areaOf(number)}
                      isChosen={ids.some((id) => chosenIds.includes(id))}
                      isFresh={marks.has(reservationId)}
                      isWaiting={ids.some((id) => waitingIds.has(id))}
                    />
                  </li>
                )
              )
            })}
          </ul>
        </div>
      </div>
    </section>
  )
}
