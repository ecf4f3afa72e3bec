'use client'

import type { ReactNode } from 'react'
import { TextField } from '@/components/ui/field'

/** A number as typed; the server reports what is wrong with it. */
export function NumberLine({
  name,
  label,
  hint,
  value,
  error,
  isDecimal = false,
  onChange,
}: {
  name: string
  label: string
  hint?: ReactNode
  value: string
  error?: string | false | undefined
  isDecimal?: boolean
  onChange: (value: string) => void
}) {
  return (
    <TextField
      name={name}
      inputMode={isDecimal ? 'decimal' : 'numeric'}
      autoComplete="off"
      className="max-w-40 tabular-nums"
      label={label}
      hint={hint}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
