'use client'

import { useEffect, useState } from 'react'
import { changeKeyOf } from '@/components/floor/queue/use-acts'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { ask } from '@/components/ui/client/ask'
import { TextField } from '@/components/ui/field'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { PlaceChange } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import { listLengths, readTarget, type Target } from '@/domain/floor/target.rules'
import { Offers, type Plan } from './change-offers'
import { OwnTime } from './own-time'
import { SidePanel } from './side-panel'
import { SizePad } from './size-pad'

/** The plan of the chosen date; null while it is being read. */
function usePlan(date: string): { plan: Plan | null; isLost: boolean } {
  const { identity } = useBoardControls()
  const { restaurantId, serviceDate, slots, parties, tables, combinations } = useBoardView()
  const [other, setOther] = useState<{ date: string; plan: Plan | null } | null>(null)
  const isShown = date === serviceDate
  useEffect(() => {
    if (isShown || date === '') return
    let isCurrent = true
    const url = `/api/v1/restaurants/${restaurantId}/day?${new URLSearchParams({ date })}`
    void ask<Day>({ url, locale: identity.locale }).then((answer) => {
      if (isCurrent) setOther({ date, plan: answer.kind === 'value' ? answer.value : null })
    })
    return () => {
      isCurrent = false
    }
  }, [isShown, date, restaurantId, identity.locale])
  if (isShown) return { plan: { serviceDate, slots, parties, tables, combinations }, isLost: false }
  const known = other?.date === date ? other : null
  return { plan: known?.plan ?? null, isLost: known !== null && known.plan === null }
}

/** What a tap on the board would do, and the button that does it. */
function TargetQuestion({
  target,
  isPending,
  onChange,
}: {
  target: Target
  isPending: boolean
  onChange: (change: PlaceChange) => void
}) {
  const { words, nameParty, nameTime } = useWords()
  if (target.kind === 'NONE') return <p className="text-refusal">{words.change.none}</p>
  const told =
    target.kind === 'SWAP'
      ? fillIn(words.change.swapWith, {
          name: nameParty(target.with),
          tables: target.with.tableNumbers.join(', '),
          time: nameTime(target.with.startsAt),
        })
      : fillIn(words.change.to, {
          table: fillIn(words.grid.table, { number: target.tableNumber }),
          time: nameTime(target.startsAt),
        })
  return (
    <StatusMessage
      tone="waiting"
      title={told}
      actions={
        <Button size="large" isWide disabled={isPending} onClick={() => onChange(target.change)}>
          {target.kind === 'SWAP' ? words.change.swap : words.change.move}
        </Button>
      }
    >
      {target.isTooSmall &&
        (target.kind === 'SWAP' ? words.change.swapTooSmall : words.change.tooSmall)}
    </StatusMessage>
  )
}

/** How long the party stays at its table, in whole seatings. */
function Lengths({
  party,
  isPending,
  onChange,
}: {
  party: DayParty
  isPending: boolean
  onChange: (change: PlaceChange) => void
}) {
  const { words, nameTime } = useWords()
  const { slots } = useBoardView()
  const lengths = listLengths({ day: { slots }, party })
  if (lengths.length === 0) return null
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="mb-2 font-semibold">{words.change.length}</legend>
      {lengths.map(({ endsAt, minutes }) => (
        <Button
          key={endsAt}
          size="large"
          tone="outline"
          disabled={isPending}
          onClick={() => onChange({ minutes })}
        >
          {fillIn(words.change.until, { time: nameTime(endsAt) })}
        </Button>
      ))}
    </fieldset>
  )
}

/** Moves a party: its size, date, time and table, by the board's cells or by the lists here. */
export function ChangePanel({ party, slotId }: { party: DayParty; slotId: string | null }) {
  const { words, nameParty, nameTimes, sizeParty } = useWords()
  const { changeParty } = useBoardControls()
  const { slots, parties, tables, closures, nowMs, serviceDate, today, pending } = useBoardView()
  const [partySize, setPartySize] = useState(party.partySize)
  const [date, setDate] = useState(serviceDate)
  const isPending = pending.has(changeKeyOf(party))
  const { plan, isLost } = usePlan(date)
  const change = (wish: PlaceChange) => void changeParty(party, wish)
  const moveTo = (wish: PlaceChange) =>
    change({ ...(date !== serviceDate && { serviceDate: date }), ...wish })
  const day = { slots, parties, tables, closures }
  return (
    <SidePanel title={fillIn(words.change.title, { name: nameParty(party) })}>
      <p className="-mt-3 text-20 tabular-nums">
        {fillIn(words.party.until, nameTimes(party))} · {sizeParty(party)} ·{' '}
        {fillIn(words.party.tables, {
          count: party.tableNumbers.length,
          tables: party.tableNumbers.join(', '),
        })}
      </p>
      <div aria-live="polite" className="flex flex-col gap-2">
        {slotId === null ? (
          <p className="text-quiet">{words.change.hint}</p>
        ) : (
          <TargetQuestion
            target={readTarget({ day, party, slotId, partySize, nowMs })}
            isPending={isPending}
            onChange={change}
          />
        )}
      </div>
      <div className="grid items-start gap-5 md:max-lg:grid-cols-2">
        <div className="flex flex-col gap-2">
          <SizePad size={partySize} onChange={setPartySize} />
          {partySize !== party.partySize && (
            <Button size="large" isWide disabled={isPending} onClick={() => change({ partySize })}>
              {fillIn(words.change.sizeOnly, { count: partySize })}
            </Button>
          )}
        </div>
        <div className="flex flex-col gap-4">
          <TextField
            label={words.change.date}
            type="date"
            min={today}
            value={date}
            onChange={(event) => setDate(event.target.value)}
            className="min-h-16"
          />
          <Lengths party={party} isPending={isPending} onChange={change} />
          {isLost && <p className="text-refusal">{words.change.lost}</p>}
          {!plan && !isLost && <p className="text-quiet">{words.change.reading}</p>}
          {plan && (
            <>
              <OwnTime
                key={date}
                plan={plan}
                party={party}
                partySize={partySize}
                isPending={isPending}
                onChange={moveTo}
              />
              <Offers
                key={`${date} ${partySize}`}
                plan={plan}
                party={party}
                partySize={partySize}
                isPending={isPending}
                onChange={moveTo}
              />
            </>
          )}
        </div>
      </div>
    </SidePanel>
  )
}
