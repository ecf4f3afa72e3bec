'use client'

import { useState } from 'react'
import { TextField } from '@/components/ui/field'
import { useFocusOnProblem } from '@/components/ui/field-problems'
import { readInvalidFields } from '@/components/ui/invalid-fields'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { announceOwnOpening, previewOwnOpening } from '@/domain/opening/actions'
import type { PlanPreview } from '@/domain/opening/plan.schema'
import type { Locale } from '@/lib/i18n/locale'
import { PreviewDialog } from './preview-dialog'
import { readTerms, type TermsDraft } from './terms-draft'
import { TermsFields } from './terms-fields'
import type { PlanRestaurant, PlanWords } from './types'

type Draft = TermsDraft & { serviceDate: string; opensOn: string; opensTime: string }

/** First previews what becomes public, then announces exactly that. */
export function PlanForm({
  restaurant,
  slots,
  proposed,
  locale,
  words,
}: {
  restaurant: PlanRestaurant
  /** The slots of a usual day; 0: there is no schedule. */
  slots: number
  proposed: Draft
  locale: Locale
  words: PlanWords
}) {
  const [draft, setDraft] = useState(proposed)
  const [preview, setPreview] = useState<PlanPreview | null>(null)
  const [isDone, setDone] = useState(false)
  const look = useAction({ failed: words.failed })
  const announce = useAction({ failed: words.failed })
  const form = useFocusOnProblem(look.refusal)
  const invalid = readInvalidFields(look.refusal)
  const change = (part: Partial<Draft>) => {
    setDone(false)
    setDraft((before) => ({ ...before, ...part }))
  }
  const { serviceDate, opensTime } = draft
  const opensOn = restaurant.sameDayOnly ? serviceDate : draft.opensOn
  const terms = readTerms(draft)
  const asked = { restaurantId: restaurant.id, serviceDate, opensOn, opensTime, ...terms, locale }
  const told = words.form
  const field = (name: 'serviceDate' | 'opensOn' | 'opensTime') => ({
    name,
    error: invalid.has(name) && told.errors[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
    className: 'max-w-56 tabular-nums',
  })
  const isFieldless = look.refusal && invalid.size === 0
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setDone(false)
        look.run(() => previewOwnOpening(asked), setPreview)
      }}
      className="flex flex-col gap-6"
    >
      <TextField
        {...field('serviceDate')}
        type="date"
        min={restaurant.today}
        label={told.serviceDate}
        hint={told.serviceDateHint}
        value={serviceDate}
      />
      <div className="flex flex-col gap-1.5">
        <div className="flex flex-wrap items-start gap-4">
          {!restaurant.sameDayOnly && (
            <TextField
              {...field('opensOn')}
              type="date"
              label={told.opensOn}
              value={draft.opensOn}
            />
          )}
          <TextField {...field('opensTime')} type="time" label={told.opensTime} value={opensTime} />
        </div>
        <p className="text-15 text-quiet">
          {restaurant.sameDayOnly && `${told.sameDay} `}
          {fillIn(told.opensHint, { zone: restaurant.timeZone.replaceAll('_', ' ') })}
        </p>
      </div>
      <TermsFields
        draft={draft}
        change={change}
        invalid={invalid}
        slots={slots}
        words={told}
        seatingMinutes={restaurant.seatingMinutes}
      />
      <LiveArea>
        {isFieldless && <StatusMessage tone="refusal" title={look.refusal?.words} />}
        {isDone && <StatusMessage tone="confirmed" title={words.preview.announced} />}
      </LiveArea>
      <SubmitButton isRunning={look.isRunning} working={words.working}>
        {told.preview}
      </SubmitButton>
      {preview && (
        <PreviewDialog
          preview={preview}
          terms={terms}
          restaurant={restaurant}
          locale={locale}
          words={words}
          isRunning={announce.isRunning}
          refusal={announce.refusal}
          onAnnounce={() =>
            announce.run(
              () => announceOwnOpening(asked),
              () => {
                setPreview(null)
                setDone(true)
              },
            )
          }
          onClose={() => setPreview(null)}
        />
      )}
    </form>
  )
}
