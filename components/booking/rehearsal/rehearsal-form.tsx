'use client'

import { useState } from 'react'
import { NumberLine } from '@/components/opening/plan/number-line'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { type ActionRefusal, useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { rehearseOwnOpening } from '@/domain/booking/rehearsal.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'

/** With separators, as people type large numbers. */
const readPeople = (typed: string) => Number(typed.replaceAll(',', '').trim() || Number.NaN)

export function RehearsalForm({
  openingId,
  people,
  timeZone,
  locale,
  words,
}: {
  openingId: string
  /** What is proposed: the number of the last rehearsal. */
  people: number
  timeZone: string
  locale: Locale
  words: Messages['rehearsal']
}) {
  const told = words.form
  const [typed, setTyped] = useState(String(people))
  const [isDone, setDone] = useState(false)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const isWrong = refusal?.reason === 'invalid'
  return (
    <form
      noValidate
      className="flex max-w-task flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setDone(false)
        run(
          () => rehearseOwnOpening({ openingId, people: readPeople(typed), locale }),
          () => setDone(true),
        )
      }}
    >
      <NumberLine
        name="people"
        label={told.people}
        hint={told.peopleHint}
        value={typed}
        error={isWrong && told.wrong}
        onChange={setTyped}
      />
      <SubmitButton isRunning={isRunning} working={told.running}>
        {told.go}
      </SubmitButton>
      <LiveArea>
        {refusal && !isWrong && (
          <StatusMessage
            tone="waiting"
            title={[refusal.words, ...tellUntil({ refusal, timeZone, locale, words })].join(' ')}
          />
        )}
        {isDone && !isRunning && <StatusMessage tone="confirmed" title={told.done} />}
      </LiveArea>
    </form>
  )
}

/** When it may be tried again, where the refusal says so. */
function tellUntil({
  refusal,
  timeZone,
  locale,
  words,
}: {
  refusal: ActionRefusal
  timeZone: string
  locale: Locale
  words: Messages['rehearsal']
}): string[] {
  const { until } = refusal.details
  if (typeof until !== 'string') return []
  return [fillIn(words.form.until, { at: nameMoment({ at: until, timeZone, locale }) })]
}
