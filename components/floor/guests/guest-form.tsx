'use client'

import { useRef, useState } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { useBoardWords } from '@/components/floor/words/words-provider'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/field'
import { readConsentDate } from '@/domain/floor/consent-date.rules'
import type { GuestEntry } from '@/domain/floor/guest-entry.schema'
import type { GuestChange, GuestTag } from '@/domain/guest/entry.schema'
import { LONGEST_NOTE } from '@/domain/guest/entry.types'
import { readLocalDate } from '@/lib/i18n/moment'
import { type DietDraft, DietFields } from './diet-fields'
import { RefusedMessage } from './refused-message'
import { TagFields } from './tag-fields'
import type { Refused } from './use-guest-entry'

type Draft = DietDraft & { tags: GuestTag[]; note: string }

/**
 * What differs from the entry as it was shown first: a colleague's change of another part stays. Null: nobody
 * can have agreed on the date that is typed.
 */
function readChange({
  draft,
  entry,
  ...present
}: {
  draft: Draft
  entry: GuestEntry
  nowMs: number
  timeZone: string
}): GuestChange | null {
  const allergies = draft.allergies.trim() || null
  const dislikes = draft.dislikes.trim() || null
  const isKept = allergies !== null || dislikes !== null
  const { way, agreedDate } = draft
  const agreed = isKept && way !== '' ? readConsentDate({ date: agreedDate, ...present }) : {}
  if (agreed === null) return null
  const isDietChanged = way !== '' || allergies !== entry.allergies || dislikes !== entry.dislikes
  const diet = isKept
    ? { allergies, dislikes, ...(way !== '' && { consent: { way, ...agreed } }) }
    : null
  return {
    ...(JSON.stringify(draft.tags) !== JSON.stringify(entry.tags) && { tags: draft.tags }),
    ...(draft.note !== (entry.note ?? '') && { note: draft.note.trim() || null }),
    ...(isDietChanged && { diet }),
  }
}

/** What staff type over the entry as it was shown first, until it is saved. */
function useDraft(entry: GuestEntry) {
  const { timeZone } = useBoardWords()
  const { nowMs } = useBoardView()
  const today = readLocalDate({ at: nowMs, timeZone })
  const [shown] = useState(entry)
  const [draft, setDraft] = useState<Draft>({
    tags: entry.tags,
    note: entry.note ?? '',
    allergies: entry.allergies ?? '',
    dislikes: entry.dislikes ?? '',
    way: '',
    agreedDate: today,
  })
  const [isDateRefused, setIsDateRefused] = useState(false)
  const dateField = useRef<HTMLInputElement>(null)
  const set = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setIsDateRefused(false)
  }
  /** Null: the date is refused, and staff are taken to it. */
  const read = () => {
    const change = readChange({ draft, entry: shown, nowMs, timeZone })
    setIsDateRefused(change === null)
    if (change === null) dateField.current?.focus()
    return change
  }
  return { shown, draft, set, read, dated: { today, isDateRefused, dateField } }
}

/** Tags, note and diet of a guest. A colleague's change meanwhile is told, and what was typed stays. */
export function GuestForm({
  entry,
  onSave,
  onReload,
  onDone,
}: {
  entry: GuestEntry
  onSave: (change: GuestChange, version: number) => Promise<Refused>
  /** Reads the entry anew, after somebody else has changed it. */
  onReload: () => Promise<void>
  onDone: () => void
}) {
  const { words } = useWords()
  const { shown, draft, set, read, dated } = useDraft(entry)
  const [isSaving, setIsSaving] = useState(false)
  const [refused, setRefused] = useState<Refused>(null)
  const save = async () => {
    const change = read()
    if (change === null) return
    setIsSaving(true)
    const answer = await onSave(change, entry.version)
    setIsSaving(false)
    setRefused(answer)
    if (answer === null) onDone()
    // The next save goes under the version that is there now, which staff see beside their own.
    else if (answer !== 'lost' && answer.reason === 'changed-meanwhile') await onReload()
  }
  return (
    <form
      // A date to come is refused in the page's own words.
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TagFields tags={draft.tags} known={entry.knownTags} onChange={(tags) => set({ tags })} />
      <TextArea
        label={words.guest.note}
        hint={words.guest.noteHint}
        value={draft.note}
        maxLength={LONGEST_NOTE}
        rows={3}
        onChange={(event) => set({ note: event.target.value })}
      />
      <DietFields draft={draft} set={set} hasConsent={entry.consent !== null} {...dated} />
      <RefusedMessage refused={refused} />
      {entry.version !== shown.version && (
        <p className="whitespace-pre-line">
          {[...entry.tags.map(({ name }) => name), entry.note, entry.allergies, entry.dislikes]
            .filter(Boolean)
            .join('\n')}
        </p>
      )}
      <div className="grid grid-cols-2 gap-3">
        <Button size="large" tone="outline" disabled={isSaving} onClick={onDone}>
          {words.guest.cancel}
        </Button>
        <Button size="large" type="submit" disabled={isSaving}>
          {words.guest.save}
        </Button>
      </div>
    </form>
  )
}
