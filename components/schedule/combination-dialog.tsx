'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { fillIn } from '@/components/ui/words'
import { saveOwnCombinations } from '@/domain/restaurant/settings.actions'
import type { Table } from '@/domain/restaurant/setup.schema'
import { countSeats } from '@/domain/restaurant/table-group.rules'
import type { Area, Combination } from '@/domain/restaurant/table-group.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { readCount } from '@/lib/text/typed-number'
import { Removal } from './area-dialog'
import { NumberField } from './number-field'
import { Outcome } from './outcome'
import { TableChoice } from './table-choice'
import { putCombination } from './table-group-draft'
import { useEdit } from './use-edit'

/** Which tables are pushed together, and for how many. */
export function CombinationDialog({
  restaurant,
  combination,
  combinations,
  areas,
  tables,
  locale,
  words,
  onDone,
  onClose,
}: {
  restaurant: Pick<OwnRestaurant, 'id' | 'version'>
  /** Null: a new one. */
  combination: Combination | null
  combinations: Combination[]
  areas: Area[]
  tables: Table[]
  locale: Locale
  words: Messages['schedule']
  onDone: (told: string) => void
  onClose: () => void
}) {
  const [tableNumbers, setTableNumbers] = useState(combination?.tableNumbers ?? [])
  const [typed, setTyped] = useState({
    minParty: String(combination?.minParty ?? ''),
    maxParty: String(combination?.maxParty ?? ''),
  })
  const [isTooFew, setTooFew] = useState(false)
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const told = words.combinations
  const seats = countSeats({ tableNumbers, tables }) ?? 0
  const put = (after: Combination | null, said: string) =>
    run(
      (version) =>
        saveOwnCombinations({
          restaurantId: restaurant.id,
          version,
          combinations: putCombination({ combinations, before: combination, after }),
          locale,
        }),
      () => onDone(said),
    )
  const save = () => {
    setTooFew(tableNumbers.length < 2)
    if (tableNumbers.length < 2) return
    const party = { minParty: readCount(typed.minParty), maxParty: readCount(typed.maxParty) }
    put({ tableNumbers, ...party }, told.saved)
  }
  /** The seats of the tables are proposed; what somebody typed is theirs. */
  const choose = (chosen: number[]) => {
    const before = String(seats)
    setTableNumbers(chosen)
    setTooFew(false)
    if (typed.maxParty === '' || typed.maxParty === before)
      setTyped({ ...typed, maxParty: String(countSeats({ tableNumbers: chosen, tables }) || '') })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={combination ? told.changeTitle : told.add}
      closeLabel={words.close}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TableChoice
          legend={told.choose}
          tables={tables}
          chosen={tableNumbers}
          areaOf={(number) => areas.find((one) => one.tableNumbers.includes(number))?.name ?? null}
          words={words}
          onChange={choose}
        />
        <p role="status" className={isTooFew ? 'font-medium text-refusal' : 'text-quiet'}>
          {isTooFew || tableNumbers.length < 2
            ? told.chooseTwo
            : fillIn(told.seats, { count: seats })}
        </p>
        {(['minParty', 'maxParty'] as const).map((name) => (
          <NumberField
            key={name}
            words={words}
            label={words.tables[name]}
            largest={name === 'maxParty' ? Math.max(1, Math.min(seats, 100)) : 100}
            value={typed[name]}
            onChange={(value) => setTyped({ ...typed, [name]: value })}
          />
        ))}
        <Outcome refusal={refusal} done={null} words={words} />
        <Button type="submit" disabled={isRunning}>
          {isRunning ? words.working : told.save}
        </Button>
      </form>
      {combination && (
        <Removal
          sure={told.removeSure}
          words={told}
          isRunning={isRunning}
          onRemove={() => put(null, told.removed)}
        />
      )}
    </Dialog>
  )
}
