'use client'

import { useState } from 'react'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { changeOwnTable } from '@/domain/restaurant/settings.actions'
import type { Table } from '@/domain/restaurant/setup.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import { retireOwnTable } from '@/domain/schedule/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate } from '@/lib/i18n/moment'
import { readCount } from '@/lib/text/typed-number'
import { NumberField } from './number-field'
import { Outcome } from './outcome'
import { useEdit } from './use-edit'

type Common = {
  restaurant: Pick<OwnRestaurant, 'id' | 'version'>
  table: Table
  /** How many combinations end with it. */
  combined: number
  locale: Locale
  words: Messages['schedule']
  onDone: (told: string) => void
}

const bookedDates = z.array(z.object({ serviceDate: z.string(), count: z.int() }))

/** Asks first; if the table is booked, lists the dates with parties still to be seated. */
function RetireTable({ restaurant, table, combined, locale, words, onDone }: Common) {
  const [isSure, setSure] = useState(false)
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const told = words.tables
  const dates =
    refusal?.reason === 'has-reservations'
      ? bookedDates.safeParse(refusal.details.dates).data
      : undefined
  const retire = (keepsReservations: boolean) => {
    const asked = { restaurantId: restaurant.id, tableId: table.id, keepsReservations, locale }
    run(
      (version) => retireOwnTable({ ...asked, version }),
      () => onDone(fillIn(told.removed, { number: table.number })),
    )
  }
  if (!isSure)
    return (
      <Button tone="quiet" onClick={() => setSure(true)}>
        {told.remove}
      </Button>
    )
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      {dates ? (
        <StatusMessage tone="waiting" title={told.taken}>
          <ul className="text-15 tabular-nums">
            {dates.map(({ serviceDate, count }) => (
              <li key={serviceDate}>
                {fillIn(told.takenDate, { date: formatDate({ date: serviceDate, locale }), count })}
              </li>
            ))}
          </ul>
        </StatusMessage>
      ) : (
        <>
          <p>{told.removeSure}</p>
          <Outcome refusal={refusal} done={null} words={words} />
        </>
      )}
      {combined > 0 && <p>{fillIn(told.removeCombined, { count: combined })}</p>}
      <Button tone="danger" disabled={isRunning} onClick={() => retire(dates !== undefined)}>
        {dates ? told.removeKeep : told.removeYes}
      </Button>
      <Button tone="outline" onClick={() => setSure(false)}>
        {told.removeNo}
      </Button>
    </div>
  )
}

/** One table's number and party sizes, and the way to retire it. */
export function TableDialog({ onClose, ...common }: Common & { onClose: () => void }) {
  const { restaurant, table, locale, words, onDone } = common
  const [typed, setTyped] = useState({
    number: String(table.number),
    minParty: String(table.minParty),
    maxParty: String(table.maxParty),
  })
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const told = words.tables
  const labels = { number: told.numberLabel, minParty: told.minParty, maxParty: told.maxParty }
  const save = () => {
    const party = { minParty: readCount(typed.minParty), maxParty: readCount(typed.maxParty) }
    const asked = {
      restaurantId: restaurant.id,
      tableId: table.id,
      number: readCount(typed.number),
    }
    run(
      (version) => changeOwnTable({ ...asked, ...party, version, locale }),
      () => onDone(told.changed),
    )
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={fillIn(told.change, { number: table.number })}
      closeLabel={words.close}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {(['number', 'minParty', 'maxParty'] as const).map((name) => (
          <NumberField
            key={name}
            words={words}
            label={labels[name]}
            largest={name === 'number' ? 9_999 : 100}
            value={typed[name]}
            onChange={(value) => setTyped({ ...typed, [name]: value })}
          />
        ))}
        <Outcome refusal={refusal} done={null} words={words} />
        <Button type="submit" disabled={isRunning}>
          {isRunning ? words.working : told.save}
        </Button>
      </form>
      <RetireTable {...common} />
    </Dialog>
  )
}
