'use client'

import clsx from 'clsx'
import { type ReactNode, useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useObstructionWords } from '@/components/floor/words/use-obstruction-words'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import type { DaySlot } from '@/domain/floor/schema'
import { countMinutesLeft, countSeats, explainGone, type Gone } from '@/domain/floor/walk-in.rules'
import {
  isTableNow,
  leadWith,
  listSeats,
  nameSeats,
  proposeSeats,
} from '@/domain/floor/walk-in-now.rules'
import { SidePanel } from './side-panel'
import { SizePad } from './size-pad'

/** One free table for one stretch of time, or from now on, as a toggle. */
export function SlotChoice({
  slot,
  isChosen,
  hint,
  onToggle,
}: {
  slot: DaySlot
  isChosen: boolean
  /** What staff must know about the table beyond its time. */
  hint?: ReactNode
  onToggle: (slotId: string) => void
}) {
  const { words, nameTimes } = useWords()
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={() => onToggle(slot.slotId)}
      className={clsx(
        'flex min-h-16 items-center gap-3 rounded-small border px-3 py-2 text-left leading-tight tabular-nums',
        isChosen
          ? 'border-ink bg-ink text-paper'
          : 'border-line bg-paper text-ink hover:border-quiet',
      )}
    >
      <span className="min-w-15 shrink-0 text-20 font-semibold whitespace-nowrap">
        {fillIn(words.grid.table, { number: slot.tableNumber })}
      </span>
      <span className="grow">
        {isTableNow(slot) ? words.walkIn.now : fillIn(words.walkIn.slot, nameTimes(slot))}
        {hint && <span className="block text-15">{hint}</span>}
      </span>
      <span className="shrink-0 text-15">
        {fillIn(words.walkIn.seats, { count: slot.maxParty })}
      </span>
    </button>
  )
}

/** Why the chosen table can't be had, and what to do. */
function useGoneWords() {
  const { words } = useWords()
  const { refuseSeat } = useObstructionWords()
  return (gone: Gone): string => {
    if (gone.kind === 'OCCUPIED') return refuseSeat(gone)
    return gone.kind === 'PROMISED' ? words.walkIn.promised : words.walkIn.gone
  }
}

/** Seats a party from the street: its size and its free tables. */
export function WalkInPanel({ chosenIds }: { chosenIds: string[] }) {
  const { words, nameTime, nameMinutes } = useWords()
  const { openPanel, toggleSlot, seatWalkIn, blockSlot } = useBoardControls()
  const view = useBoardView()
  const [partySize, setPartySize] = useState(2)
  const [note, setNote] = useState('')
  const { nowMs } = view
  const proposed = proposeSeats({ day: view, partySize, nowMs })
  const best = chosenIds.length === 0 ? proposed : []
  const bestIds = best.map(({ slotId }) => slotId)
  const wishedIds = chosenIds.length === 0 ? bestIds : chosenIds
  const seatings = listSeats({ day: view, chosenIds: wishedIds, nowMs })
  // The order stays while staff choose: no other choice comes under a finger.
  const [firstIds] = useState(chosenIds)
  const tapped = seatings.filter(({ slotId }) => firstIds.includes(slotId))
  const leading = tapped.length > 0 ? tapped : proposed
  const choices = leadWith({
    seats: seatings,
    tableNumbers: leading.map(({ tableNumber }) => tableNumber),
  })
  const chosen = choices.filter((slot) => wishedIds.includes(slot.slotId))
  const seats = countSeats(chosen)
  const isGone = chosen.length < chosenIds.length
  const goneIds = chosenIds.filter((id) => !chosen.some(({ slotId }) => slotId === id))
  const tellGone = useGoneWords()
  const [only, ...others] = chosen
  const tables = [...new Set(chosen.map(({ tableNumber }) => tableNumber))].join(', ')
  const isTooMany = chosen.length > 0 && partySize > seats
  /**
   * A tap on a proposed table's next seating prolongs it, and one of several proposed tables is taken out
   * of them; any other seat takes their place.
   */
  const toggle = (slotId: string) => {
    const tableNumber = choices.find((slot) => slot.slotId === slotId)?.tableNumber
    const isProposed = bestIds.includes(slotId)
    const left = bestIds.filter((id) => id !== slotId)
    const isNext = best.some((seat) => seat.tableNumber === tableNumber)
    if (!isProposed && isNext) openPanel({ kind: 'WALK_IN', slotIds: [...bestIds, slotId] })
    else if (isProposed && left.length > 0) openPanel({ kind: 'WALK_IN', slotIds: left })
    else toggleSlot(slotId)
  }
  return (
    <SidePanel title={words.walkIn.title}>
      <div className="grid items-start gap-5 md:max-lg:grid-cols-2">
        <SizePad size={partySize} onChange={setPartySize} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-semibold">{words.walkIn.slots}</legend>
          {choices.length === 0 && <p className="text-quiet">{words.walkIn.none}</p>}
          {choices.map((slot) => {
            const left = countMinutesLeft({ day: view, slot, nowMs })
            const time = left && nameTime(left.nextAt)
            return (
              <SlotChoice
                key={slot.slotId}
                slot={slot}
                isChosen={chosen.includes(slot)}
                hint={
                  left &&
                  time &&
                  fillIn(words.walkIn.left, { time, length: nameMinutes(left.minutes) })
                }
                onToggle={toggle}
              />
            )
          })}
        </fieldset>
      </div>
      {only && others.length === 0 && !isTableNow(only) && (
        <Button size="large" tone="outline" isWide onClick={() => blockSlot(only.slotId, true)}>
          {words.block.on}
        </Button>
      )}
      <TextField
        label={words.walkIn.note}
        hint={words.walkIn.noteHint}
        value={note}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setNote(event.target.value)}
        className="min-h-16"
      />
      <div
        data-stays-below
        className="sticky bottom-0 -mx-5 mt-auto -mb-5 flex flex-col gap-2 border-t border-line bg-raised p-5"
      >
        <p role="status" className="text-15 font-medium text-refusal empty:hidden">
          {isGone && tellGone(explainGone({ day: view, slotIds: goneIds, nowMs }))}
          {!isGone && isTooMany && fillIn(words.walkIn.tooMany, { seats })}
        </p>
        <Button
          size="large"
          isWide
          disabled={view.pending.has('WALK_IN') || chosen.length === 0 || isTooMany}
          onClick={() =>
            seatWalkIn({
              ...nameSeats(chosen),
              partySize,
              note: note.trim() || undefined,
            })
          }
        >
          {chosen.length === 0
            ? words.walkIn.choose
            : fillIn(words.walkIn.confirm, { count: partySize, tables })}
        </Button>
      </div>
    </SidePanel>
  )
}
