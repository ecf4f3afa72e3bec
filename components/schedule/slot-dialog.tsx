'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { readClock, readClosing } from '@/domain/restaurant/hours.rules'
import { changeOwnSlot } from '@/domain/schedule/actions'
import type { DaySlot } from '@/domain/schedule/month.rules'
import type { SlotChange } from '@/domain/schedule/slot.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime, nameTimesOn } from '@/lib/i18n/moment'
import { readCount } from '@/lib/text/typed-number'
import { NumberField } from './number-field'

type Restaurant = { timeZone: string; dayCutMinutes: number }
type Words = Messages['schedule']

/** Minutes in the restaurant's zone as the schedule counts them, past 24:00 for the night after. */
function formatWall(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, '0')
  return `${part(Math.floor(minutes / 60))}:${part(minutes % 60)}`
}

function ChangeForm({
  slot,
  restaurant,
  words,
  isRunning,
  onChange,
}: {
  slot: DaySlot
  restaurant: Restaurant
  words: Words
  isRunning: boolean
  onChange: (change: SlotChange) => void
}) {
  const { timeZone, dayCutMinutes } = restaurant
  const [typed, setTyped] = useState({
    from: formatTime({ at: slot.startsAt, timeZone }),
    to: formatTime({ at: slot.endsAt, timeZone }),
    minParty: String(slot.minParty),
    maxParty: String(slot.maxParty),
  })
  const [isMissing, setMissing] = useState(false)
  const save = () => {
    const fromMinutes = readClock({ clock: typed.from, dayCutMinutes })
    const toMinutes =
      fromMinutes === null ? null : readClosing({ clock: typed.to, fromMinutes, dayCutMinutes })
    setMissing(fromMinutes === null || toMinutes === null)
    if (fromMinutes === null || toMinutes === null) return
    const party = { minParty: readCount(typed.minParty), maxParty: readCount(typed.maxParty) }
    onChange({ ...party, from: formatWall(fromMinutes), to: formatWall(toMinutes) })
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        {(['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            type="time"
            step={300}
            label={words.day[end]}
            value={typed[end]}
            onChange={(event) => setTyped({ ...typed, [end]: event.target.value })}
          />
        ))}
        {(['minParty', 'maxParty'] as const).map((end) => (
          <NumberField
            key={end}
            words={words}
            label={words.tables[end]}
            largest={100}
            value={typed[end]}
            onChange={(value) => setTyped({ ...typed, [end]: value })}
          />
        ))}
      </div>
      {isMissing && <p className="text-15 font-medium text-refusal">{words.day.times}</p>}
      <Button type="submit" disabled={isRunning}>
        {isRunning ? words.working : words.day.save}
      </Button>
    </form>
  )
}

type Step = 'CHOOSE' | 'CHANGE' | 'DELETE'

/** The acts on one slot. Deleting asks; blocking is undone by the same button. */
export function SlotDialog({
  slot,
  date,
  restaurant,
  locale,
  words,
  onDone,
  onClose,
}: {
  slot: DaySlot
  date: string
  restaurant: Restaurant
  locale: Locale
  words: Words
  onDone: (told: string) => void
  onClose: () => void
}) {
  const [step, setStep] = useState<Step>('CHOOSE')
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const told = words.day
  const { timeZone } = restaurant
  const times = nameTimesOn({ at: slot.startsAt, endsAt: slot.endsAt, date, timeZone, locale })
  const change = (wanted: SlotChange, done: string) =>
    run(
      () => changeOwnSlot({ slotId: slot.id, change: wanted, locale }),
      () => onDone(done),
    )
  const isBlocked = slot.state === 'BLOCKED'
  const steps: Record<Step, ReactNode> = {
    CHOOSE: (
      <>
        <Button
          size="large"
          tone="outline"
          disabled={isRunning}
          onClick={() => change({ blocked: !isBlocked }, isBlocked ? told.unblocked : told.blocked)}
        >
          {isBlocked ? told.unblock : told.block}
        </Button>
        <Button size="large" tone="outline" onClick={() => setStep('CHANGE')}>
          {told.change}
        </Button>
        <Button size="large" tone="danger" onClick={() => setStep('DELETE')}>
          {told.delete}
        </Button>
      </>
    ),
    CHANGE: (
      <ChangeForm
        slot={slot}
        restaurant={restaurant}
        words={words}
        isRunning={isRunning}
        onChange={(wanted) => change(wanted, told.changed)}
      />
    ),
    DELETE: (
      <>
        <p>{told.deleteSure}</p>
        <Button
          tone="danger"
          disabled={isRunning}
          onClick={() => change({ deleted: true }, told.deleted)}
        >
          {told.deleteYes}
        </Button>
        <Button tone="outline" onClick={() => setStep('CHOOSE')}>
          {words.cancel}
        </Button>
      </>
    ),
  }
  const isFree = slot.state === 'FREE' || isBlocked
  const whyFixed = slot.state === 'OVER' ? told.overText : told.takenText
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={fillIn(told.slotTitle, { table: slot.tableNumber, ...times })}
      closeLabel={words.close}
    >
      <div role="status">{refusal && <StatusMessage tone="refusal" title={refusal.words} />}</div>
      {isFree ? steps[step] : <p>{whyFixed}</p>}
    </Dialog>
  )
}
