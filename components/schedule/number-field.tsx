'use client'

import { TextField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import type { Messages } from '@/lib/i18n/messages'
import { readCount } from '@/lib/text/typed-number'

/**
 * A whole number; the text stays as typed even while it is not one. It is no `type="number"`, which
 * empties itself where a keyboard writes full-width digits.
 */
export function NumberField({
  label,
  value,
  onChange,
  largest,
  isRequired = true,
  words,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  largest: number
  isRequired?: boolean
  words: Pick<Messages['schedule'], 'countWrong'>
}) {
  const count = readCount(value)
  const isWrong = value.trim() !== '' && !(count >= 1 && count <= largest)
  const error = isWrong ? fillIn(words.countWrong, { largest }) : ''
  return (
    <TextField
      ref={(field) => field?.setCustomValidity(error)}
      inputMode="numeric"
      autoComplete="off"
      required={isRequired}
      label={label}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
      className="tabular-nums"
    />
  )
}
