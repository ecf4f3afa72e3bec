'use client'

import { TextField } from '@/components/ui/field'

/** A whole number; the text stays as typed even while it is not one. */
export function NumberField({
  label,
  value,
  onChange,
  largest,
  isRequired = true,
  error,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  largest: number
  isRequired?: boolean
  error?: string | undefined
}) {
  return (
    <TextField
      type="number"
      inputMode="numeric"
      min={1}
      max={largest}
      step={1}
      required={isRequired}
      label={label}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
      className="tabular-nums"
    />
  )
}
