'use client'

import { useId } from 'react'
import { fillIn } from '@/components/ui/words'
import {
  PLAN_COLUMNS,
  PLAN_ROWS,
  type TablePlace,
  tableShapes,
} from '@/domain/restaurant/floor-plan.schema'
import type { Messages } from '@/lib/i18n/messages'

const countUp = (most: number) =>
  Array.from({ length: most }, (_, index) => ({ value: index, name: String(index + 1) }))
const columns = countUp(PLAN_COLUMNS)
const rows = countUp(PLAN_ROWS)

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string | number
  options: { value: string | number; name: string }[]
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div className="flex min-w-24 grow flex-col gap-1">
      <label htmlFor={id} className="text-15 font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="min-h-12 rounded-small border border-quiet bg-raised px-3 tabular-nums"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The place of one table in numbers, and its shape: all that a drag can do, and without one. */
export function FloorPlanFields({
  places,
  place: { tableNumber, x, y, shape },
  words,
  onChoose,
  onPut,
  onShape,
}: {
  places: TablePlace[]
  place: TablePlace
  words: Messages['schedule']
  onChoose: (tableNumber: number) => void
  onPut: (tableNumber: number, cell: { x: number; y: number }) => void
  onShape: (tableNumber: number, shape: TablePlace['shape']) => void
}) {
  const told = words.floorPlan
  return (
    <fieldset className="flex flex-wrap gap-3">
      <legend className="mb-2 font-semibold">{told.fields}</legend>
      <Choice
        label={told.table}
        value={tableNumber}
        options={places.map(({ tableNumber: value }) => ({
          value,
          name: fillIn(words.tables.number, { number: value }),
        }))}
        onChange={(value) => onChoose(Number(value))}
      />
      <Choice
        label={told.column}
        value={x}
        options={columns}
        onChange={(value) => onPut(tableNumber, { x: Number(value), y })}
      />
      <Choice
        label={told.row}
        value={y}
        options={rows}
        onChange={(value) => onPut(tableNumber, { x, y: Number(value) })}
      />
      <Choice
        label={told.shape}
        value={shape}
        options={tableShapes.map((value) => ({ value, name: told.shapes[value] }))}
        onChange={(value) => {
          const next = tableShapes.find((known) => known === value)
          if (next) onShape(tableNumber, next)
        }}
      />
    </fieldset>
  )
}
