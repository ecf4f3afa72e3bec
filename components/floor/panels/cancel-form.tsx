'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

/** What it takes the place of may have been further down. */
const bringIntoView = (form: HTMLFormElement | null) => form?.scrollIntoView({ block: 'nearest' })

/**
 * Cancels with a reason that the guest reads: a usual one or the staff's own words. It stands in place of the
 * panel's other acts, so that none is hit by mistake.
 */
export function CancelForm({
  usual,
  words,
  needsReason = false,
  isPending,
  onBack,
  onCancel,
}: {
  /** The usual reasons, in the page's language. */
  usual: string[]
  words: { reason: string; hint: string; do: string; back: string }
  /** Whether it takes a reason to cancel. */
  needsReason?: boolean
  isPending: boolean
  onBack: () => void
  onCancel: (reason: string | null) => void
}) {
  const [reason, setReason] = useState('')
  const isMissing = needsReason && reason.trim() === ''
  return (
    <form
      ref={bringIntoView}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isMissing) onCancel(reason.trim() || null)
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a legend would say the field's label twice */}
      <div role="group" aria-label={words.reason} className="flex flex-wrap gap-2">
        {usual.map((text, index) => (
          <Button
            key={text}
            tone="outline"
            // The focus was on what this form replaces; in the field it would call up the keyboard.
            autoFocus={index === 0}
            aria-pressed={reason === text}
            onClick={() => setReason(text)}
          >
            {text}
          </Button>
        ))}
      </div>
      <TextField
        label={words.reason}
        hint={words.hint}
        value={reason}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setReason(event.target.value)}
        className="min-h-16"
      />
      <Button type="submit" size="large" isWide tone="danger" disabled={isPending || isMissing}>
        {words.do}
      </Button>
      <Button size="large" isWide tone="outline" onClick={onBack}>
        {words.back}
      </Button>
    </form>
  )
}
