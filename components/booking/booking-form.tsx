'use client'

import { Button } from '@/components/ui/button'
import { useKeptText } from '@/components/ui/client/kept-text'
import { TextArea, TextField } from '@/components/ui/field'
import type { SheetWords } from './booking-outcome'
import type { BookingState } from './use-booking'

const fieldsOf = (restaurantId: string) => ({
  note: `note:${restaurantId}`,
  allergies: `allergies:${restaurantId}`,
})

/** The names under which the texts for a restaurant are kept. */
export function listFields(restaurantId: string): string[] {
  return Object.values(fieldsOf(restaurantId))
}

/** Keeps the diner's texts for a restaurant and prepares them for the booking. */
export function useWritten(restaurantId: string) {
  const fields = fieldsOf(restaurantId)
  const [note, keepNote] = useKeptText(fields.note)
  const [allergies, keepAllergies] = useKeptText(fields.allergies)
  return {
    note,
    keepNote,
    allergies,
    keepAllergies,
    read: () => ({
      ...(allergies.trim() && { allergies: allergies.trim() }),
      ...(note.trim() && { note: note.trim() }),
    }),
    forget: () => {
      keepNote('')
      keepAllergies('')
    },
  }
}

export function BookingForm({
  phase,
  written,
  isSignedOut,
  onSubmit,
  onStop,
  words,
}: {
  phase: BookingState['phase']
  written: ReturnType<typeof useWritten>
  isSignedOut: boolean
  onSubmit: () => void
  onStop: () => void
  words: SheetWords
}) {
  const isRunning = phase === 'asking' || phase === 'waiting'
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
      className="flex flex-col gap-4"
    >
      <TextField
        label={words.allergies}
        hint={words.allergiesHint}
        value={written.allergies}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="next"
        disabled={isRunning}
        // On a phone the Enter key of this field says "next", so it must not submit the booking.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        onChange={(event) => written.keepAllergies(event.target.value)}
      />
      <TextArea
        label={words.note}
        hint={words.noteHint}
        value={written.note}
        maxLength={500}
        disabled={isRunning}
        onChange={(event) => written.keepNote(event.target.value)}
      />
      <Button type="submit" size="large" isWide disabled={isRunning}>
        {isRunning && words.booking}
        {!isRunning && (isSignedOut ? words.signInAndBook : words.book)}
      </Button>
      {phase === 'waiting' && (
        <Button tone="quiet" isWide onClick={onStop}>
          {words.stop}
        </Button>
      )}
    </form>
  )
}
