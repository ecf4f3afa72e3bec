'use client'

import { useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import type { GuestEntry } from '@/domain/floor/guest-entry.schema'
import type { KnownGuest } from '@/domain/guest/entry.schema'
import { AllergyMark } from './allergies'
import { GuestTags } from './guest-tags'
import { RefusedMessage } from './refused-message'
import { type Refused, useGuestRequests } from './use-guest-entry'
import { useKnownGuests } from './use-known-guests'

/** Finds the guest who is the same person; they become part of this entry, and can be split again. */
export function MergeForm({
  entry,
  onMerged,
  onCancel,
}: {
  entry: GuestEntry
  onMerged: () => void
  onCancel: () => void
}) {
  const { words } = useWords()
  const { locale } = useBoardControls().identity
  const { restaurantId } = useBoardView()
  const { merge } = useGuestRequests()
  const [typed, setTyped] = useState('')
  const [picked, setPicked] = useState<KnownGuest | null>(null)
  const [isSending, setIsSending] = useState(false)
  const [refused, setRefused] = useState<Refused>(null)
  const found = useKnownGuests({ restaurantId, typed: picked ? '' : typed.trim(), locale })
  const others = found.filter(({ id }) => id !== entry.id)
  const send = async ({ id }: KnownGuest) => {
    setIsSending(true)
    const answer = await merge({ guestId: id, into: entry.id })
    setIsSending(false)
    setRefused(answer)
    if (answer === null) onMerged()
  }
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label={words.guest.mergeWith}
        hint={words.guest.mergeHint}
        value={picked?.name ?? typed}
        maxLength={40}
        autoComplete="off"
        onChange={(event) => {
          setPicked(null)
          setTyped(event.target.value)
        }}
      />
      <ul aria-label={words.phone.known} className="flex flex-col gap-2 empty:hidden">
        {others.map((guest) => (
          <li key={guest.id}>
            <button
              type="button"
              onClick={() => setPicked(guest)}
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
      <RefusedMessage refused={refused} />
      <div className="grid grid-cols-2 gap-3">
        <Button size="large" tone="outline" disabled={isSending} onClick={onCancel}>
          {words.guest.cancel}
        </Button>
        <Button
          size="large"
          disabled={picked === null || isSending}
          onClick={() => picked && void send(picked)}
        >
          {picked ? fillIn(words.guest.mergeDo, { name: picked.name }) : words.guest.merge}
        </Button>
      </div>
    </div>
  )
}
