'use client'

import type { ComponentProps } from 'react'

/** A select in a form; with `isInstant` a change submits the form, where a script runs. */
export function FormSelect({
  isInstant,
  ...rest
}: Omit<ComponentProps<'select'>, 'onChange' | 'className'> & { isInstant: boolean }) {
  return (
    <select
      {...rest}
      onChange={(event) => isInstant && event.currentTarget.form?.requestSubmit()}
      className="min-h-12 rounded-small border border-quiet bg-raised px-3 text-17 text-ink tabular-nums"
    />
  )
}
