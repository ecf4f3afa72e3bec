'use client'

import { useState } from 'react'
import { SelectField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { setAuthorMinutes } from '@/domain/restaurant/author.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

const choices = [1, 2, 5, 10, 15, 30, 60, 120]

/** After how long a shared tablet asks for a PIN again. */
export function AuthorMinutes({
  restaurantId,
  minutes,
  locale,
  words,
}: {
  restaurantId: string
  minutes: number
  locale: Locale
  words: Messages['settings']['staff']
}) {
  const [saved, setSaved] = useState<number | null>(null)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const offered = [...new Set([...choices, minutes])].toSorted((one, two) => one - two)
  return (
    <div className="flex flex-col gap-3">
      <SelectField
        label={words.pin.minutesLabel}
        value={minutes}
        disabled={isRunning}
        onChange={({ target }) => {
          const asked = { restaurantId, minutes: Number(target.value), locale }
          setSaved(null)
          run(
            () => setAuthorMinutes(asked),
            (changed) => setSaved(changed.minutes),
          )
        }}
      >
        {offered.map((choice) => (
          <option key={choice} value={choice}>
            {fillIn(words.pin.minutes, { minutes: choice })}
          </option>
        ))}
      </SelectField>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {saved !== null && (
          <StatusMessage tone="confirmed" title={fillIn(words.pin.saved, { minutes: saved })} />
        )}
      </LiveArea>
    </div>
  )
}
