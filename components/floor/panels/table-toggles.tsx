'use client'

import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Sized } from '@/domain/booking/table-choice.rules'
import { countSeatsTogether, tapTable } from '@/domain/floor/together.rules'

/** One table or several for a party: a tap takes another one than proposed, the next ones add and remove. */
export function TableToggles({
  label,
  tables,
  chosen,
  isProposed,
  partySize,
  onChoose,
}: {
  label: string
  /** Those that can be had. */
  tables: Sized[]
  chosen: number[]
  /** Staff have not chosen these themselves. */
  isProposed: boolean
  partySize: number
  /** Null: staff leave it to the proposal again. */
  onChoose: (tableNumbers: number[] | null) => void
}) {
  const { words } = useWords()
  const seats = countSeatsTogether({ tables, tableNumbers: chosen })
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="mb-1.5 font-medium">{label}</legend>
      {tables.map(({ tableNumber, maxParty }) => (
        <Button
          key={tableNumber}
          size="large"
          tone="outline"
          aria-pressed={chosen.includes(tableNumber)}
          onClick={() => onChoose(tapTable({ tables, partySize, chosen, isProposed, tableNumber }))}
          className="px-3! text-17! tabular-nums aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
        >
          {fillIn(words.phone.tableChoice, { number: tableNumber, seats: maxParty })}
        </Button>
      ))}
      <LiveArea className="w-full text-15 tabular-nums empty:hidden">
        {chosen.length > 1 &&
          fillIn(words.phone.seatsTogether, { tables: chosen.join(', '), seats })}
      </LiveArea>
    </fieldset>
  )
}
