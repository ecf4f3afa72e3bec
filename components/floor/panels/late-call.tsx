'use client'

import { keyOf } from '@/components/floor/queue/use-acts'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { LATE_CHOICES } from '@/domain/booking/rules'
import type { DayParty } from '@/domain/floor/schema'

/** A guest called: one tap notes how late the party will be, another that it comes on time after all. */
export function LateCall({ party }: { party: DayParty }) {
  const { words } = useWords()
  const { sayLate } = useBoardControls()
  const { pending } = useBoardView()
  return (
    <fieldset
      disabled={pending.has(keyOf({ party, work: 'LATE' }))}
      className="flex flex-col gap-2"
    >
      <legend className="mb-2 font-semibold">{words.late.title}</legend>
      <div className="grid grid-cols-4 gap-2">
        {LATE_CHOICES.map((minutes) => (
          <Button
            key={minutes}
            size="large"
            tone="outline"
            aria-pressed={party.lateMinutes === minutes}
            onClick={() => sayLate(party, minutes)}
            className="px-1! text-17! aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
          >
            {fillIn(words.late.minutes, { minutes })}
          </Button>
        ))}
      </div>
      {party.lateMinutes !== null && (
        <Button size="large" tone="outline" isWide onClick={() => sayLate(party, 0)}>
          {words.late.onTime}
        </Button>
      )}
    </fieldset>
  )
}
