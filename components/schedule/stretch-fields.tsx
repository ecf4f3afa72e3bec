'use client'

import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { CrossIcon } from '@/components/ui/icons'
import { fillIn } from '@/components/ui/words'
import { isNextDay, listSeatingMinutes, showClock } from '@/domain/restaurant/hours.rules'
import type { HoursStretch } from '@/domain/restaurant/setup.schema'
import type { Messages } from '@/lib/i18n/messages'
import type { StretchDraft } from './hours-draft'

type Words = Messages['schedule']

/** A first or last time, marked if it falls in the night after. */
export function showMoment({ minutes, words }: { minutes: number; words: Words }): string {
  return isNextDay(minutes) ? `${words.nextDay} ${showClock(minutes)}` : showClock(minutes)
}

function Seatings({
  stretch,
  seatingMinutes,
  words,
}: {
  stretch: HoursStretch
  seatingMinutes: number
  words: Words
}) {
  const times = listSeatingMinutes({ ...stretch, seatingMinutes })
  if (times.length === 0)
    return (
      <p className="text-15 text-waiting">
        {fillIn(words.hours.noSeating, { minutes: seatingMinutes })}
      </p>
    )
  const shown = times.map((minutes) => showMoment({ minutes, words })).join(' · ')
  return (
    <p className="text-15 text-quiet tabular-nums">
      {isNextDay(stretch.toMinutes) && `${showMoment({ minutes: stretch.toMinutes, words })} · `}
      {fillIn(words.hours.seatings, { times: shown })}
    </p>
  )
}

/** One stretch of a weekday: two times, what they mean, and any error. */
export function StretchFields({
  draft,
  stretch,
  day,
  number,
  seatingMinutes,
  fault,
  words,
  onChange,
  onRemove,
}: {
  draft: StretchDraft
  /** Null while a time is missing. */
  stretch: HoursStretch | null
  day: string
  number: number
  seatingMinutes: number
  fault: string | null
  words: Words
  onChange: (change: Partial<StretchDraft>) => void
  onRemove: () => void
}) {
  const isWrong = fault !== null
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-end gap-2">
        {(['from', 'to'] as const).map((end) => (
          <div key={end} className="w-36">
            <TextField
              id={`${draft.key}-${end}`}
              type="time"
              step={300}
              label={words.hours[end]}
              aria-label={fillIn(words.hours[`${end}Of`], { day, number })}
              value={draft[end]}
              aria-invalid={isWrong || undefined}
              aria-describedby={isWrong ? `${draft.key}-fault` : undefined}
              onChange={(event) => onChange({ [end]: event.target.value })}
              className="tabular-nums"
            />
          </div>
        ))}
        <Button
          tone="quiet"
          className="w-12 px-0!"
          onClick={onRemove}
          aria-label={fillIn(words.hours.removeOf, { day, from: draft.from, to: draft.to })}
        >
          <CrossIcon />
        </Button>
      </div>
      {fault ? (
        <p id={`${draft.key}-fault`} className="text-15 font-medium text-refusal">
          {fault}
        </p>
      ) : (
        stretch && <Seatings stretch={stretch} seatingMinutes={seatingMinutes} words={words} />
      )}
    </div>
  )
}
