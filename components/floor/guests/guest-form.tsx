'use client'

import { useState } from 'react'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { SelectField, TextArea, TextField } from '@/components/ui/field'
import type { GuestEntry } from '@/domain/floor/guest-entry.schema'
import type { GuestChange, GuestTag } from '@/domain/guest/entry.schema'
import { heardWays, LONGEST_DIET, LONGEST_NOTE } from '@/domain/guest/entry.types'
import { RefusedMessage } from './refused-message'
import { TagFields } from './tag-fields'
import type { Refused } from './use-guest-entry'

type Draft = {
  tags: GuestTag[]
  note: string
  allergies: string
  dislikes: string
  /** How the guest agrees now. Empty: not asked. */
  way: (typeof heardWays)[number] | ''
}

/** What differs from the entry as it was shown first: a colleague's change of another part stays. */
function readChange({ draft, entry }: { draft: Draft; entry: GuestEntry }): GuestChange {
  const allergies = draft.allergies.trim() || null
  const dislikes = draft.dislikes.trim() || null
  const isDietChanged =
    draft.way !== '' || allergies !== entry.allergies || dislikes !== entry.dislikes
  const diet =
    allergies === null && dislikes === null
      ? null
      : { allergies, dislikes, ...(draft.way !== '' && { consent: { way: draft.way } }) }
  return {
    ...(JSON.stringify(draft.tags) !== JSON.stringify(entry.tags) && { tags: draft.tags }),
    ...(draft.note !== (entry.note ?? '') && { note: draft.note.trim() || null }),
    ...(isDietChanged && { diet }),
  }
}

/** What a guest can't or won't eat is kept only if they agree, and staff say how they heard it. */
function DietFields({
  draft,
  set,
  entry,
}: {
  draft: Draft
  set: (part: Partial<Draft>) => void
  entry: GuestEntry
}) {
  const { words } = useWords()
  const saysSomething = draft.allergies.trim() !== '' || draft.dislikes.trim() !== ''
  return (
    <>
      <TextField
        label={words.guest.allergies}
        value={draft.allergies}
        maxLength={LONGEST_DIET}
        autoComplete="off"
        onChange={(event) => set({ allergies: event.target.value })}
      />
      <TextField
        label={words.guest.dislikes}
        value={draft.dislikes}
        maxLength={LONGEST_DIET}
        autoComplete="off"
        onChange={(event) => set({ dislikes: event.target.value })}
      />
      {saysSomething && (
        <SelectField
          label={words.guest.consentAsked}
          hint={words.guest.consentHint}
          value={draft.way}
          onChange={({ target: { value } }) =>
            set({ way: heardWays.find((way) => way === value) ?? '' })
          }
        >
          <option value="">
            {entry.consent ? words.guest.consentStands : words.guest.consentChoose}
          </option>
          {heardWays.map((way) => (
            <option key={way} value={way}>
              {words.guest.heard[way]}
            </option>
          ))}
        </SelectField>
      )}
    </>
  )
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
  const [shown] = useState(entry)
  const [draft, setDraft] = useState<Draft>({
    tags: entry.tags,
    note: entry.note ?? '',
    allergies: entry.allergies ?? '',
    dislikes: entry.dislikes ?? '',
    way: '',
  })
  const [isSaving, setIsSaving] = useState(false)
  const [refused, setRefused] = useState<Refused>(null)
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const save = async () => {
    setIsSaving(true)
    const answer = await onSave(readChange({ draft, entry: shown }), entry.version)
    setIsSaving(false)
    setRefused(answer)
    if (answer === null) onDone()
    // The next save goes under the version that is there now, which staff see beside their own.
    else if (answer !== 'lost' && answer.reason === 'changed-meanwhile') await onReload()
  }
  return (
    <form
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
      <DietFields draft={draft} set={set} entry={entry} />
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
