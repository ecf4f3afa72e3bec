'use client'

import { useState } from 'react'
import { TextField } from '@/components/ui/field'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['access']['password']

/** A field for a new password, which can be shown: that makes a longer one easier to type. */
export function NewPasswordField({
  label,
  problem,
  words,
}: {
  label: string
  /** The problem's name in the schema. */
  problem: string | undefined
  words: Words
}) {
  const [isShown, setIsShown] = useState(false)
  const said: Record<string, string> = words.problems
  return (
    <div className="flex flex-col">
      <TextField
        label={label}
        name="password"
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        autoCapitalize="none"
        spellCheck={false}
        required
        hint={words.hint}
        error={problem && (said[problem] ?? words.problems.other)}
      />
      <label className="-mb-2 flex min-h-12 items-center gap-2 self-start text-15">
        <input
          type="checkbox"
          checked={isShown}
          onChange={(event) => setIsShown(event.currentTarget.checked)}
          className="size-5 accent-accent"
        />
        {words.showLabel}
      </label>
    </div>
  )
}
