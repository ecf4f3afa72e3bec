'use client'

import { useState } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { useBoardWords } from '@/components/floor/words/words-provider'
import { Button } from '@/components/ui/button'
import { CheckField } from '@/components/ui/field'
import { listFreeTables, minutesOf, readMinutes, readWall } from '@/domain/floor/off-plan.rules'
import type { PlaceChange } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import { countSeatsTogether, proposeTables } from '@/domain/floor/together.rules'
import { formatTime } from '@/lib/i18n/moment'
import { type FreeTime, FreeTimeFields } from './free-time'
import { TableToggles } from './table-toggles'

type Props = {
  /** The date to which the party would move. */
  plan: Pick<Day, 'serviceDate' | 'slots' | 'tables' | 'combinations'>
  party: DayParty
  partySize: number
  isPending: boolean
  onChange: (change: PlaceChange) => void
}

/** Moves a party to a time and a length of the staff's own choice; a hold has to be confirmed first. */
export function OwnTime(props: Props) {
  const { words } = useWords()
  const [isOpen, setIsOpen] = useState(false)
  if (props.party.status !== 'CONFIRMED') return null
  return isOpen ? (
    <OwnTimeForm {...props} />
  ) : (
    <Button tone="outline" onClick={() => setIsOpen(true)}>
      {words.freeTime.open}
    </Button>
  )
}

function OwnTimeForm({ plan, party, partySize, isPending, onChange }: Props) {
  const { words } = useWords()
  const { timeZone, dayCutMinutes } = useBoardWords()
  const { nowMs } = useBoardView()
  const [time, setTime] = useState<FreeTime>({
    wall: formatTime({ at: party.startsAt, timeZone }),
    minutes: String(minutesOf(party)),
  })
  const [tapped, setTapped] = useState<number[] | null>(null)
  const [insists, setInsists] = useState(false)
  const startsAt = readWall({
    day: { serviceDate: plan.serviceDate, timeZone, dayCutMinutes },
    wall: time.wall,
  })
  const minutes = readMinutes(time.minutes)
  const isTyped = startsAt !== null && minutes !== null
  const free = isTyped
    ? listFreeTables({
        day: plan,
        startsAt,
        minutes,
        partySize,
        nowMs,
        except: party.reservationId,
      })
    : []
  const numbers = free.map(({ tableNumber }) => tableNumber)
  const canHave = (wished: number[]) => wished.every((number) => numbers.includes(number))
  const seatsAt = (wished: number[]) => countSeatsTogether({ tables: free, tableNumbers: wished })
  // Its own tables, as long as it can keep them.
  const stays = canHave(party.tableNumbers) && seatsAt(party.tableNumbers) >= partySize
  const { combinations } = plan
  const proposed = stays
    ? party.tableNumbers
    : proposeTables({ tables: free, partySize, combinations })
  const isProposed = tapped === null || !canHave(tapped)
  const tableNumbers = isProposed ? proposed : tapped
  const send = () =>
    isTyped &&
    onChange({
      startsAt,
      minutes,
      tableNumbers,
      ...(partySize !== party.partySize && { partySize }),
      ...(insists && { override: true }),
    })
  return (
    <fieldset className="flex flex-col gap-3 rounded-card border border-line p-3">
      <legend className="px-1 font-semibold">{words.freeTime.title}</legend>
      <FreeTimeFields time={time} onChange={setTime} />
      {!isTyped && <p className="text-quiet">{words.freeTime.bad}</p>}
      {isTyped && free.length === 0 && <p className="text-refusal">{words.freeTime.full}</p>}
      {free.length > 0 && (
        <TableToggles
          label={words.phone.table}
          tables={free}
          chosen={tableNumbers}
          isProposed={isProposed}
          partySize={partySize}
          onChoose={setTapped}
        />
      )}
      <CheckField
        label={words.freeTime.outsideHours}
        checked={insists}
        onChange={(event) => setInsists(event.target.checked)}
      />
      <Button
        size="large"
        isWide
        disabled={isPending || !isTyped || tableNumbers.length === 0}
        onClick={send}
      >
        {words.freeTime.move}
      </Button>
    </fieldset>
  )
}
