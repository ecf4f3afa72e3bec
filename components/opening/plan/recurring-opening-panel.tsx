'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { TextField } from '@/components/ui/field'
import { useFocusOnProblem } from '@/components/ui/field-problems'
import { readInvalidFields } from '@/components/ui/invalid-fields'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { saveOwnRecurringOpening, switchOwnRecurringOpening } from '@/domain/opening/actions'
import { suggestRate } from '@/domain/opening/plan.rules'
import type { StoredRecurringOpening } from '@/domain/opening/recurring.schema'
import type { Locale } from '@/lib/i18n/locale'
import { readCount } from '@/lib/text/typed-number'
import { formatClock, readClock } from './clock'
import { NumberLine } from './number-line'
import { readTerms, type TermsDraft, toPerMinute } from './terms-draft'
import { TermsFields } from './terms-fields'
import type { PlanRestaurant, PlanWords } from './types'

type Props = {
  /** Null: none was ever stored. */
  recurring: StoredRecurringOpening | null
  slots: number
  restaurant: PlanRestaurant
  locale: Locale
  words: PlanWords
}

/** Whether openings repeat, in one sentence, with the switch. */
function RecurringOpeningSwitch({
  recurring,
  restaurant,
  locale,
  words,
}: Props & { recurring: StoredRecurringOpening }) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const told = words.recurringOpening
  const { opensDaysBefore: days } = recurring
  const ahead = days === 0 ? told.aheadToday : fillIn(told.aheadDays, { days })
  const hint = recurring.isOn
    ? fillIn(told.on, { time: formatClock(recurring.opensMinutes), ahead })
    : told.off
  return (
    <div className="rounded-card border border-line bg-raised p-4">
      <Switch
        label={told.switch}
        hint={refusal ? refusal.words : hint}
        isOn={recurring.isOn}
        isBusy={isRunning}
        onChange={(isOn) =>
          run(() => switchOwnRecurringOpening({ restaurantId: restaurant.id, isOn, locale }))
        }
      />
    </div>
  )
}

type Draft = TermsDraft & { opensTime: string; opensDaysBefore: string }

function toDraft(recurring: StoredRecurringOpening | null, slots: number): Draft {
  return {
    opensTime: formatClock(recurring?.opensMinutes ?? 600),
    opensDaysBefore: String(recurring?.opensDaysBefore ?? 0),
    lobbyMinutes: String(recurring?.lobbyMinutes ?? 60),
    gateMinutes: String(recurring?.gateMinutes ?? 60),
    turnsPerMinute: String(toPerMinute(recurring?.turnsPerSecond ?? suggestRate(slots))),
    orderBy: recurring?.orderBy ?? 'DRAW',
  }
}

function RecurringOpeningForm({ recurring, slots, restaurant, locale, words }: Props) {
  const router = useRouter()
  const [draft, setDraft] = useState(() => toDraft(recurring, slots))
  const [version, setVersion] = useState(restaurant.version)
  const [isSaved, setSaved] = useState(false)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const form = useFocusOnProblem(refusal)
  const invalid = readInvalidFields(refusal)
  const told = words.recurringOpening
  const change = (part: Partial<Draft>) => {
    setSaved(false)
    setDraft((before) => ({ ...before, ...part }))
  }
  const save = () =>
    run(
      async () => {
        const answer = await saveOwnRecurringOpening({
          restaurantId: restaurant.id,
          version: Math.max(version, restaurant.version),
          locale,
          opensMinutes: readClock(draft.opensTime),
          opensDaysBefore: restaurant.sameDayOnly ? 0 : readCount(draft.opensDaysBefore),
          ...readTerms(draft),
        })
        if (!answer.ok && answer.reason === 'changed-meanwhile') {
          if (typeof answer.details.version === 'number') setVersion(answer.details.version)
          router.refresh()
        }
        return answer
      },
      (saved) => {
        setVersion(saved.version)
        setSaved(true)
      },
    )
  const isStale = refusal?.reason === 'changed-meanwhile'
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      className="flex flex-col gap-6"
    >
      <div className="flex flex-wrap items-start gap-4">
        <TextField
          type="time"
          name="opensMinutes"
          label={told.opensTime}
          value={draft.opensTime}
          error={invalid.has('opensMinutes') && words.form.errors.opensMinutes}
          onChange={(event) => change({ opensTime: event.target.value })}
          className="max-w-40 tabular-nums"
        />
        {!restaurant.sameDayOnly && (
          <NumberLine
            name="opensDaysBefore"
            label={told.opensDaysBefore}
            hint={told.daysHint}
            value={draft.opensDaysBefore}
            error={invalid.has('opensDaysBefore') && words.form.errors.opensDaysBefore}
            onChange={(opensDaysBefore) => change({ opensDaysBefore })}
          />
        )}
      </div>
      <TermsFields
        draft={draft}
        change={change}
        invalid={invalid}
        slots={slots}
        words={words.form}
        seatingMinutes={restaurant.seatingMinutes}
      />
      <p className="text-15 text-quiet">{told.rules}</p>
      <LiveArea>
        {refusal && invalid.size === 0 && (
          <StatusMessage
            tone={isStale ? 'waiting' : 'refusal'}
            title={isStale ? told.stale : refusal.words}
          />
        )}
        {isSaved && <StatusMessage tone="confirmed" title={told.saved} />}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={words.working}>
        {told.save}
      </SubmitButton>
    </form>
  )
}

/** Openings that announce themselves: the switch first, the details behind it. */
export function RecurringOpeningPanel(props: Props) {
  const { recurring, words } = props
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex flex-col gap-4">
      {recurring && <RecurringOpeningSwitch {...props} recurring={recurring} />}
      <details
        open={isOpen}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        className="rounded-card border border-line bg-raised"
      >
        <summary className="flex min-h-12 cursor-pointer items-center px-4 font-semibold">
          {words.recurringOpening.begin}
        </summary>
        <div className="border-t border-line p-4">
          <RecurringOpeningForm {...props} />
        </div>
      </details>
    </div>
  )
}
