'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import { saveOwnAreas } from '@/domain/restaurant/settings.actions'
import type { Table } from '@/domain/restaurant/setup.schema'
import { type Area, LONGEST_AREA } from '@/domain/restaurant/table-group.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { Outcome } from './outcome'
import { TableChoice } from './table-choice'
import { putArea } from './table-group-draft'
import { useEdit } from './use-edit'

/** One area's name and tables. A table of another area moves here. */
export function AreaDialog({
  restaurant,
  area,
  areas,
  tables,
  locale,
  words,
  onDone,
  onClose,
}: {
  restaurant: Pick<OwnRestaurant, 'id' | 'version'>
  /** Null: a new one. */
  area: Area | null
  areas: Area[]
  tables: Table[]
  locale: Locale
  words: Messages['schedule']
  onDone: (told: string) => void
  onClose: () => void
}) {
  const [name, setName] = useState(area?.name ?? '')
  const [tableNumbers, setTableNumbers] = useState(area?.tableNumbers ?? [])
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const told = words.areas
  const save = () =>
    run(
      (version) =>
        saveOwnAreas({
          restaurantId: restaurant.id,
          version,
          areas: putArea({ areas, area: { ...(area && { id: area.id }), name, tableNumbers } }),
          locale,
        }),
      () => onDone(fillIn(told.saved, { name })),
    )
  const remove = () =>
    run(
      (version) =>
        saveOwnAreas({
          restaurantId: restaurant.id,
          version,
          areas: areas.filter(({ id }) => id !== area?.id),
          locale,
        }),
      () => onDone(fillIn(told.removed, { name: area?.name ?? '' })),
    )
  const areaOf = (number: number) =>
    areas.find((one) => one.id !== area?.id && one.tableNumbers.includes(number))?.name ?? null
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={area ? fillIn(told.change, { name: area.name }) : told.add}
      closeLabel={words.close}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label={told.name}
          placeholder={told.nameExample}
          autoComplete="off"
          required
          maxLength={LONGEST_AREA}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TableChoice
          legend={told.tables}
          tables={tables}
          chosen={tableNumbers}
          areaOf={areaOf}
          words={words}
          onChange={setTableNumbers}
        />
        <Outcome refusal={refusal} done={null} words={words} />
        <Button type="submit" disabled={isRunning}>
          {isRunning ? words.working : told.save}
        </Button>
      </form>
      {area && (
        <Removal
          sure={fillIn(told.removeSure, { name: area.name })}
          words={told}
          isRunning={isRunning}
          onRemove={remove}
        />
      )}
    </Dialog>
  )
}

/** Asks first. */
export function Removal({
  sure,
  words,
  isRunning,
  onRemove,
}: {
  sure: string
  words: Record<'remove' | 'removeYes' | 'removeNo', string>
  isRunning: boolean
  onRemove: () => void
}) {
  const [isSure, setSure] = useState(false)
  if (!isSure)
    return (
      <Button tone="quiet" onClick={() => setSure(true)}>
        {words.remove}
      </Button>
    )
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <p>{sure}</p>
      <Button tone="danger" disabled={isRunning} onClick={onRemove}>
        {words.removeYes}
      </Button>
      <Button tone="outline" onClick={() => setSure(false)}>
        {words.removeNo}
      </Button>
    </div>
  )
}
