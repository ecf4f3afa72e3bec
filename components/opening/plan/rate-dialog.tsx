'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { type ActionRefusal, useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { changeOwnRate } from '@/domain/opening/actions'
import type { OwnOpening } from '@/domain/opening/list.schema'
import type { Locale } from '@/lib/i18n/locale'
import { formatDate, nameMoment } from '@/lib/i18n/moment'
import { NumberLine } from './number-line'
import { readRate, toPerMinute } from './terms-draft'
import type { PlanRestaurant, PlanWords } from './types'

/** Every earlier rate, with its author and its time. */
function History({
  opening,
  restaurant,
  locale,
  words,
}: {
  opening: OwnOpening
  restaurant: PlanRestaurant
  locale: Locale
  words: PlanWords
}) {
  return (
    <section aria-label={words.rate.history}>
      <h3 className="text-15 font-medium text-quiet">{words.rate.history}</h3>
      <ol className="text-15 tabular-nums">
        {opening.rates.map(({ at, by, turnsPerSecond }) => (
          <li key={`${at} ${turnsPerSecond}`} className="border-b border-line py-1 last:border-0">
            {fillIn(words.rate.changed, {
              at: nameMoment({ at, timeZone: restaurant.timeZone, locale }),
              by: by ?? words.rate.service,
              rate: toPerMinute(turnsPerSecond),
            })}
          </li>
        ))}
      </ol>
    </section>
  )
}

function readStale(refusal: ActionRefusal | null): number | null {
  const now = refusal?.reason === 'changed-meanwhile' ? refusal.details.turnsPerSecond : null
  return typeof now === 'number' ? now : null
}

export function RateDialog({
  opening,
  restaurant,
  locale,
  words,
  onDone,
  onClose,
}: {
  opening: OwnOpening
  restaurant: PlanRestaurant
  locale: Locale
  words: PlanWords
  onDone: (told: string) => void
  onClose: () => void
}) {
  const [typed, setTyped] = useState(String(toPerMinute(opening.turnsPerSecond)))
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const stale = readStale(refusal)
  const shown = stale ?? opening.turnsPerSecond
  const isWrong = refusal?.reason === 'invalid'
  const date = formatDate({ date: opening.serviceDate, locale })
  const save = () =>
    run(
      () =>
        changeOwnRate({
          openingId: opening.id,
          turnsPerSecond: readRate(typed),
          shown,
          locale,
        }),
      () => onDone(words.rate.saved),
    )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={fillIn(words.rate.title, { date })}
      closeLabel={words.close}
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <NumberLine
          name="turnsPerSecond"
          label={words.rate.label}
          hint={words.rate.hint}
          value={typed}
          error={isWrong && words.form.errors.turnsPerSecond}
          isDecimal
          onChange={setTyped}
        />
        <LiveArea>
          {refusal && !isWrong && (
            <StatusMessage
              tone={stale === null ? 'refusal' : 'waiting'}
              title={
                stale === null
                  ? refusal.words
                  : fillIn(words.rate.stale, { rate: toPerMinute(stale) })
              }
            />
          )}
        </LiveArea>
        <Button type="submit" size="large" isWide disabled={isRunning}>
          {isRunning ? words.working : words.rate.save}
        </Button>
      </form>
      <History opening={opening} restaurant={restaurant} locale={locale} words={words} />
    </Dialog>
  )
}
