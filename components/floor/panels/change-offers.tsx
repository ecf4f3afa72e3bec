'use client'

import { useState } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import type { PlaceChange } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import { listOfferedTimes, listOffers, listOpenTables } from '@/domain/floor/target.rules'
import { countSeatsTogether, proposeTables } from '@/domain/floor/together.rules'
import { TableToggles } from './table-toggles'

/** The date to which a party is moved. */
export type Plan = Pick<Day, 'serviceDate' | 'slots' | 'parties' | 'tables' | 'combinations'>

type Proposing = {
  plan: Plan
  party: DayParty
  partySize: number
  isPending: boolean
  onChange: (change: PlaceChange) => void
}

/** The party has these tables at that time already. */
const isPresent = ({
  party,
  startsAt,
  tableNumbers,
}: {
  party: DayParty
  startsAt: string
  tableNumbers: number[]
}) =>
  party.startsAt === startsAt &&
  party.tableNumbers.length === tableNumbers.length &&
  party.tableNumbers.every((number) => tableNumbers.includes(number))

/** Several tables for one party, proposed where none is large enough alone. */
function Together({
  plan,
  startsAt,
  party,
  partySize,
  isPending,
  onChange,
}: Proposing & { startsAt: string }) {
  const { words } = useWords()
  const { nowMs } = useBoardView()
  const [wasOpened, setWasOpened] = useState(false)
  const [tapped, setTapped] = useState<number[] | null>(null)
  const tables = listOpenTables({ day: plan, party, startsAt, nowMs })
  const isNeeded = !tables.some(({ maxParty }) => maxParty >= partySize)
  if (tables.length < 2) return null
  if (!isNeeded && !wasOpened)
    return (
      <Button tone="outline" onClick={() => setWasOpened(true)}>
        {words.change.together}
      </Button>
    )
  const canHave = (numbers: number[]) =>
    numbers.every((number) => tables.some(({ tableNumber }) => tableNumber === number))
  const isProposed = tapped === null || !canHave(tapped)
  const { combinations } = plan
  const chosen = isProposed ? proposeTables({ tables, partySize, combinations }) : tapped
  const seats = countSeatsTogether({ tables, tableNumbers: chosen })
  const isTooSmall = seats < partySize
  const isSame =
    partySize === party.partySize && isPresent({ party, startsAt, tableNumbers: chosen })
  return (
    <div className="flex flex-col gap-2">
      <TableToggles
        label={words.change.togetherTables}
        tables={tables}
        chosen={chosen}
        isProposed={isProposed}
        partySize={partySize}
        onChoose={setTapped}
      />
      {isTooSmall && (
        <p className="text-15 text-waiting">{fillIn(words.change.togetherTooSmall, { seats })}</p>
      )}
      <Button
        size="large"
        isWide
        disabled={isPending || isSame}
        onClick={() =>
          onChange({
            startsAt,
            tableNumbers: chosen,
            ...(partySize !== party.partySize && { partySize }),
            ...(isTooSmall && { override: true }),
          })
        }
      >
        {fillIn(words.change.togetherMove, { count: chosen.length, tables: chosen.join(', ') })}
      </Button>
    </div>
  )
}

/** The times of the chosen date with tables for the party, its own time first, and then those tables. */
export function Offers({ plan, party, partySize, isPending, onChange }: Proposing) {
  const { words, nameTime } = useWords()
  const { nowMs } = useBoardView()
  const [chosen, setChosen] = useState<string | null>(party.startsAt)
  const asked = { day: plan, party, partySize, nowMs }
  const times = listOfferedTimes(asked)
  const startsAt = chosen !== null && times.includes(chosen) ? chosen : null
  if (times.length === 0) return <p className="text-quiet">{words.change.full}</p>
  const offers = startsAt === null ? [] : listOffers({ ...asked, startsAt })
  return (
    <>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-2 font-semibold">{words.change.time}</legend>
        {times.map((at) => (
          <Button
            key={at}
            size="large"
            tone={at === startsAt ? 'main' : 'outline'}
            aria-pressed={at === startsAt}
            onClick={() => setChosen(at)}
          >
            {nameTime(at)}
          </Button>
        ))}
      </fieldset>
      {startsAt !== null && offers.length > 0 && (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="mb-2 font-semibold">{words.change.tables}</legend>
          {offers.map(({ tableNumber, maxParty }) => (
            <Button
              key={tableNumber}
              size="large"
              tone="outline"
              disabled={isPending}
              onClick={() =>
                onChange({
                  startsAt,
                  tableNumbers: [tableNumber],
                  ...(partySize !== party.partySize && { partySize }),
                })
              }
            >
              {fillIn(words.change.table, { number: tableNumber, max: maxParty })}
            </Button>
          ))}
        </fieldset>
      )}
      {startsAt !== null && (
        <Together
          key={startsAt}
          plan={plan}
          startsAt={startsAt}
          party={party}
          partySize={partySize}
          isPending={isPending}
          onChange={onChange}
        />
      )}
    </>
  )
}
