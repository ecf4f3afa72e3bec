'use client'

import { type Dispatch, type SetStateAction, useState } from 'react'
import { Allergies, AllergyMark } from '@/components/floor/guests/allergies'
import { GuestTags } from '@/components/floor/guests/guest-tags'
import { useKnownGuests } from '@/components/floor/guests/use-known-guests'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { CheckField, SelectField, TextArea, TextField } from '@/components/ui/field'
import { bookingSources } from '@/domain/booking/source.types'
import type { KnownGuest } from '@/domain/guest/entry.schema'

/** What staff have written down about a caller. */
export type Caller = {
  /** A guest the restaurant knows, as long as nothing of them is changed. Null: as typed. */
  id: string | null
  name: string
  phone: string
  email: string
  locale: 'ko' | 'en'
  allergies: string
  note: string
  source: (typeof bookingSources)[number]
  notify: boolean
}

export const noCaller: Caller = {
  id: null,
  name: '',
  phone: '',
  email: '',
  locale: 'ko',
  allergies: '',
  note: '',
  source: 'PHONE',
  notify: true,
}

type Props = { caller: Caller; change: Dispatch<SetStateAction<Caller>> }

/** What the guest book says of the guest whom staff have picked. */
function KnownMarks({ guest: { marks } }: { guest: KnownGuest }) {
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      {marks.tags.length > 0 && (
        <p className="flex flex-wrap gap-1.5">
          <GuestTags tags={marks.tags} />
        </p>
      )}
      {marks.allergies && <Allergies text={marks.allergies} />}
    </div>
  )
}

/** Guests whom the restaurant knows already: one tap instead of the whole number. */
function KnownGuests({ caller, change }: Props) {
  const { words } = useWords()
  const { locale } = useBoardControls().identity
  const { restaurantId } = useBoardView()
  const typed = caller.id === null ? caller.phone.trim() || caller.name.trim() : ''
  const guests = useKnownGuests({ restaurantId, typed, locale })
  const [picked, setPicked] = useState<KnownGuest | null>(null)
  const pick = (guest: KnownGuest) => {
    const { id, name, phone, email, locale: language } = guest
    setPicked(guest)
    change((before) => ({
      ...before,
      id,
      name,
      phone: phone ?? '',
      email: email ?? '',
      locale: language,
    }))
  }
  if (picked !== null && picked.id === caller.id) return <KnownMarks guest={picked} />
  if (guests.length === 0) return null
  return (
    <ul aria-label={words.phone.known} className="flex flex-col gap-2">
      {guests.map((guest) => (
        <li key={guest.id}>
          <button
            type="button"
            onClick={() => pick(guest)}
            className="flex min-h-16 w-full flex-wrap items-center gap-x-3 rounded-small border border-line bg-paper px-3 text-left hover:border-quiet"
          >
            <span className="font-semibold">{guest.name}</span>
            <span className="tabular-nums">{guest.phone ?? guest.email}</span>
            <GuestTags tags={guest.marks.tags} />
            <AllergyMark text={guest.marks.allergies} />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Who calls: name and number first, the rest below. */
export function CallerFields({
  caller,
  change,
  problems,
}: Props & {
  /** By the field's path in the request. */
  problems: ReadonlyMap<string, string>
}) {
  const { words } = useWords()
  const set = (part: Partial<Caller>) => change((before) => ({ ...before, ...part }))
  /** A known guest whose name or number is changed is written down anew. */
  const rewrite = (part: Partial<Caller>) => set({ ...part, id: null })
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label={words.phone.name}
        value={caller.name}
        maxLength={50}
        autoComplete="off"
        onChange={(event) => rewrite({ name: event.target.value })}
      />
      <TextField
        label={words.phone.number}
        error={problems.has('guest.phone') && words.phone.problems.phone}
        type="tel"
        inputMode="tel"
        value={caller.phone}
        maxLength={40}
        autoComplete="off"
        onChange={(event) => rewrite({ phone: event.target.value })}
      />
      <KnownGuests caller={caller} change={change} />
      <TextField
        label={words.phone.allergies}
        value={caller.allergies}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => set({ allergies: event.target.value })}
      />
      <TextArea
        label={words.phone.note}
        value={caller.note}
        maxLength={500}
        onChange={(event) => set({ note: event.target.value })}
      />
      <SelectField
        label={words.phone.source}
        value={caller.source}
        onChange={({ target: { value } }) => {
          const source = bookingSources.find((known) => known === value)
          if (source) set({ source })
        }}
      >
        {bookingSources.map((source) => (
          <option key={source} value={source}>
            {words.phone.sources[source]}
          </option>
        ))}
      </SelectField>
      <TextField
        label={words.phone.email}
        hint={words.phone.emailHint}
        error={problems.has('guest.email') && words.phone.problems.email}
        type="email"
        value={caller.email}
        maxLength={254}
        autoComplete="off"
        onChange={(event) => rewrite({ email: event.target.value })}
      />
      {caller.email.trim() !== '' && <Telling caller={caller} set={set} />}
    </div>
  )
}

function Telling({ caller, set }: { caller: Caller; set: (part: Partial<Caller>) => void }) {
  const { words } = useWords()
  return (
    <>
      <CheckField
        label={words.phone.notify}
        checked={caller.notify}
        onChange={(event) => set({ notify: event.target.checked })}
      />
      {caller.notify && (
        <SelectField
          label={words.phone.language}
          value={caller.locale}
          onChange={(event) => set({ locale: event.target.value === 'en' ? 'en' : 'ko', id: null })}
        >
          <option value="ko">한국어</option>
          <option value="en">English</option>
        </SelectField>
      )}
    </>
  )
}
