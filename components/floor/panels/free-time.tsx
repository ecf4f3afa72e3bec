'use client'

import { useWords } from '@/components/floor/words/use-words'
import { TextField } from '@/components/ui/field'
import { MOST_STAY_MINUTES } from '@/domain/booking/stay.types'

/** A time and a length of the staff's own choice, as they were typed. */
export type FreeTime = { wall: string; minutes: string }

/** Any minute, and any length. */
export function FreeTimeFields({
  time,
  onChange,
}: {
  time: FreeTime
  onChange: (time: FreeTime) => void
}) {
  const { words } = useWords()
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField
        label={words.freeTime.from}
        type="time"
        value={time.wall}
        className="min-h-16 text-20 tabular-nums"
        onChange={(event) => onChange({ ...time, wall: event.target.value })}
      />
      <TextField
        label={words.freeTime.minutes}
        type="number"
        inputMode="numeric"
        min={1}
        max={MOST_STAY_MINUTES}
        value={time.minutes}
        className="min-h-16 text-20 tabular-nums"
        onChange={(event) => onChange({ ...time, minutes: event.target.value })}
      />
    </div>
  )
}
