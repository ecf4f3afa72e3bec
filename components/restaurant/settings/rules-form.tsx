'use client'

import type { ReactNode } from 'react'
import { CheckField, SelectField, TextField } from '@/components/ui/field'
import { saveOwnBookingRules } from '@/domain/restaurant/settings.actions'
import type { BookingRules } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { FieldConflict } from './field-conflict'
import { draftFields, type RulesDraft, readRulesDraft, toRulesDraft } from './rules-draft'
import { RulesPreview } from './rules-preview'
import { SaveBar } from './save-bar'
import { useGuardedForm } from './use-guarded-form'

type Settings = Messages['settings']
type Words = Pick<Settings, 'save' | 'fields' | 'hints' | 'errors' | 'profile' | 'preview'>
type Ticked = 'sameDayOnly' | 'hasOpening' | 'hasConfirm' | 'hasNoShowLimit' | 'holdsAfterNoShows'
type Typed = Exclude<keyof RulesDraft, Ticked>

/** The booking rules, with a preview of the diner's text. */
export function RulesForm({
  restaurantId,
  version,
  rules,
  timeZones,
  locale,
  words,
}: {
  restaurantId: string
  version: number
  rules: BookingRules
  /** The time zones that the server process knows. */
  timeZones: string[]
  locale: Locale
  words: Words
}) {
  const guarded = useGuardedForm({
    stored: rules,
    version,
    toDraft: toRulesDraft,
    save: ({ version: shown, draft }) =>
      saveOwnBookingRules({ restaurantId, version: shown, rules: readRulesDraft(draft), locale }),
    failed: words.save.failed,
  })
  const { form, draft, change, settle, submit, conflicts, refusal } = guarded
  const invalid = new Set([...guarded.invalid].map((field) => draftFields[field] ?? field))

  const conflictOf = (field: keyof RulesDraft): ReactNode => {
    const theirs = conflicts[field]
    if (theirs === undefined) return null
    return (
      <FieldConflict
        theirs={describeChoice(theirs)}
        name={words.fields[field]}
        onTake={() => settle(field, { [field]: theirs })}
        onKeep={() => settle(field)}
        words={words.save}
      />
    )
  }
  const tell = (field: Typed) => ({
    label: words.fields[field],
    // The server words these problems itself, because they concern the meaning of a rule.
    error:
      invalid.has(field) && (refusal?.reason === 'invalid' ? words.errors[field] : refusal?.words),
    name: field,
    value: draft[field],
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  })
  const tick = (field: Ticked) => ({
    label: words.fields[field],
    name: field,
    checked: draft[field],
    onChange: (event: { target: { checked: boolean } }) =>
      change({ [field]: event.target.checked }),
  })
  const count = (field: Typed) => ({ ...tell(field), inputMode: 'numeric' as const })
  const { hints } = words
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      className="flex flex-col gap-6"
    >
      <RulesPreview
        rules={readRulesDraft(draft)}
        title={words.profile.preview}
        words={words.preview}
      />
      <div className="flex flex-col gap-3">
        <CheckField {...tick('sameDayOnly')} />
        {conflictOf('sameDayOnly')}
        {!draft.sameDayOnly && <TextField {...count('horizonDays')} hint={hints.horizonDays} />}
        {conflictOf('horizonDays')}
      </div>
      <div className="flex flex-col gap-3">
        <CheckField {...tick('hasOpening')} hint={hints.hasOpening} />
        {conflictOf('hasOpening')}
        {draft.hasOpening && <TextField {...tell('opensAt')} type="time" />}
        {conflictOf('opensAt')}
        {draft.hasOpening && !draft.sameDayOnly && (
          <TextField {...count('opensDaysBefore')} hint={hints.opensDaysBefore} />
        )}
        {conflictOf('opensDaysBefore')}
      </div>
      <div className="flex flex-col gap-3">
        <CheckField {...tick('hasConfirm')} hint={hints.hasConfirm} />
        {conflictOf('hasConfirm')}
        {draft.hasConfirm && <TextField {...count('confirmWithinMinutes')} />}
        {conflictOf('confirmWithinMinutes')}
      </div>
      <div className="flex flex-col gap-3">
        <CheckField {...tick('hasNoShowLimit')} hint={hints.hasNoShowLimit} />
        {conflictOf('hasNoShowLimit')}
        {draft.hasNoShowLimit && <TextField {...count('noShowLimit')} />}
        {conflictOf('noShowLimit')}
        {draft.hasNoShowLimit && <TextField {...count('noShowMonths')} hint={hints.noShowMonths} />}
        {conflictOf('noShowMonths')}
        {draft.hasNoShowLimit && (
          <CheckField {...tick('holdsAfterNoShows')} hint={hints.holdsAfterNoShows} />
        )}
        {conflictOf('holdsAfterNoShows')}
      </div>
      <TextField {...count('seatingMinutes')} hint={hints.seatingMinutes} />
      {conflictOf('seatingMinutes')}
      <TextField {...tell('dayCut')} type="time" max="12:00" hint={hints.dayCut} />
      {conflictOf('dayCut')}
      <SelectField {...tell('timeZone')}>
        {timeZones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </SelectField>
      {conflictOf('timeZone')}
      <SaveBar
        refusal={refusal}
        hasConflicts={Object.keys(conflicts).length > 0}
        isSaved={guarded.isSaved}
        isDirty={guarded.isDirty}
        isRunning={guarded.isRunning}
        words={words.save}
      />
    </form>
  )
}

function describeChoice(value: string | boolean): string {
  if (typeof value === 'string') return value
  return value ? '✓' : '–'
}
