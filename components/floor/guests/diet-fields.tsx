'use client'

import type { RefObject } from 'react'
import { useWords } from '@/components/floor/words/use-words'
import { SelectField, TextField } from '@/components/ui/field'
import { heardWays, LONGEST_DIET } from '@/domain/guest/entry.types'

export type DietDraft = {
  allergies: string
  dislikes: string
  /** How the guest agrees now. Empty: not asked. */
  way: (typeof heardWays)[number] | ''
  /** The date on which they agreed, in the restaurant's zone. */
  agreedDate: string
}

/** What a guest can't or won't eat is kept only if they agree, and staff say how and when they heard it. */
export function DietFields({
  draft,
  set,
  hasConsent,
  today,
  isDateRefused,
  dateField,
}: {
  draft: DietDraft
  set: (part: Partial<DietDraft>) => void
  /** A consent stands already, and a correction goes under it. */
  hasConsent: boolean
  today: string
  isDateRefused: boolean
  dateField: RefObject<HTMLInputElement | null>
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
            {hasConsent ? words.guest.consentStands : words.guest.consentChoose}
          </option>
          {heardWays.map((way) => (
            <option key={way} value={way}>
              {words.guest.heard[way]}
            </option>
          ))}
        </SelectField>
      )}
      {saysSomething && draft.way !== '' && (
        <TextField
          ref={dateField}
          type="date"
          label={words.guest.agreedDate}
          error={isDateRefused && words.guest.agreedDateRefused}
          value={draft.agreedDate}
          max={today}
          onChange={(event) => set({ agreedDate: event.target.value })}
        />
      )}
    </>
  )
}
