import { useId } from 'react'
import { TextField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import type { KioskWords } from './words'

/** A guest may agree to be remembered, with the name that the guest book needs; nobody is asked to. */
export function RememberGuest({
  name,
  isWrong,
  isDisabled,
  restaurant,
  onChange,
  words,
}: {
  /** Null: the guest has not agreed. */
  name: string | null
  isWrong: boolean
  isDisabled: boolean
  restaurant: string
  onChange: (name: string | null) => void
  words: KioskWords
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-4">
      <label className="flex min-h-16 cursor-pointer items-start gap-4 px-4">
        <input
          type="checkbox"
          className="mt-0.5 size-7 shrink-0 accent-accent"
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-hint`}
          checked={name !== null}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.checked ? '' : null)}
        />
        <span className="flex flex-col">
          <span id={`${id}-label`} className="text-20 font-semibold">
            {words.agree}
          </span>
          <span id={`${id}-hint`} className="text-quiet">
            {fillIn(words.agreeText, { restaurant })}
          </span>
        </span>
      </label>
      {name !== null && (
        <TextField
          label={words.nameLabel}
          error={isWrong && words.nameWrong}
          value={name}
          maxLength={50}
          // Guests share the tablet, so it must not suggest one guest's name to the next.
          autoComplete="off"
          autoFocus
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.value)}
          className="min-h-16 text-20!"
        />
      )}
    </div>
  )
}
