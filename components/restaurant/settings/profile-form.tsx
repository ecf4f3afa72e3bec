'use client'

import { TextArea, TextField } from '@/components/ui/field'
import { saveOwnProfile } from '@/domain/restaurant/settings.actions'
import type { Profile, ProfileDraft } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { FieldConflict } from './field-conflict'
import { KnownWords } from './known-words'
import { SaveBar } from './save-bar'
import { useGuardedForm } from './use-guarded-form'

type Words = Pick<Messages['settings'], 'save' | 'fields' | 'hints' | 'errors'>
type Field = keyof ProfileDraft

const fields: Field[] = [
  ...(['name', 'nameEn', 'category', 'region', 'address', 'phone', 'mapUrl'] as const),
  ...(['description', 'descriptionEn', 'guestNote', 'guestNoteEn'] as const),
]
const longFields = new Set<Field>(['description', 'descriptionEn', 'guestNote', 'guestNoteEn'])
const hinted = ['name', 'nameEn', 'category', 'region', 'guestNote', 'mapUrl'] as const
const kinds: Partial<Record<Field, { type: 'tel' | 'url'; inputMode: 'tel' | 'url' }>> = {
  phone: { type: 'tel', inputMode: 'tel' },
  mapUrl: { type: 'url', inputMode: 'url' },
}

function toDraft(profile: Profile): ProfileDraft {
  const { nameEn, descriptionEn, guestNote, guestNoteEn, mapUrl, ...rest } = profile
  return {
    ...rest,
    nameEn: nameEn ?? '',
    descriptionEn: descriptionEn ?? '',
    guestNote: guestNote ?? '',
    guestNoteEn: guestNoteEn ?? '',
    mapUrl: mapUrl ?? '',
  }
}

/**
 * The texts that diners read. `known` holds words that other restaurants use in the same fields.
 */
export function ProfileForm({
  restaurantId,
  version,
  profile,
  known,
  locale,
  words,
}: {
  restaurantId: string
  version: number
  profile: Profile
  known: { category: Record<string, string>; region: Record<string, string> }
  locale: Locale
  words: Words
}) {
  const guarded = useGuardedForm({
    stored: profile,
    version,
    toDraft,
    save: ({ version: shown, draft }) =>
      saveOwnProfile({ restaurantId, version: shown, profile: draft, locale }),
    failed: words.save.failed,
  })
  const { form, draft, change, settle, submit, invalid, conflicts } = guarded
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
      {fields.map((field) => {
        const theirs = conflicts[field]
        const hint = hinted.find((name) => name === field)
        const isLong = longFields.has(field)
        const asked = {
          label: words.fields[field],
          hint: hint && words.hints[hint],
          error: invalid.has(field) && words.errors[field],
          name: field,
          value: draft[field],
          onChange: (event: { target: { value: string } }) =>
            change({ [field]: event.target.value }),
        }
        const list = field === 'category' || field === 'region' ? field : null
        return (
          <div key={field} className="flex flex-col gap-2">
            {isLong ? (
              <TextArea {...asked} rows={4} />
            ) : (
              <TextField {...asked} {...kinds[field]} {...(list && { list: `known-${list}` })} />
            )}
            {list && <KnownWords id={`known-${list}`} words={known[list]} />}
            {theirs !== undefined && (
              <FieldConflict
                theirs={theirs}
                name={words.fields[field]}
                onTake={() => settle(field, { [field]: theirs })}
                onKeep={() => settle(field)}
                words={words.save}
              />
            )}
          </div>
        )
      })}
      <SaveBar
        refusal={guarded.refusal}
        hasConflicts={Object.keys(conflicts).length > 0}
        isSaved={guarded.isSaved}
        isDirty={guarded.isDirty}
        isRunning={guarded.isRunning}
        words={words.save}
      />
    </form>
  )
}
