'use client'

import { useState } from 'react'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

const usual = ['soldOut', 'closing', 'unreached'] as const

/** Cancels with a reason that the diner reads: a usual one or the staff's own words. */
export function CancelForm({
  isPending,
  onCancel,
}: {
  isPending: boolean
  onCancel: (reason: string | null) => void
}) {
  const { words } = useWaitingWords()
  const [reason, setReason] = useState('')
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onCancel(reason.trim() || null)
      }}
    >
      <TextField
        label={words.cancel.reason}
        hint={words.cancel.hint}
        value={reason}
        maxLength={200}
        autoComplete="off"
        autoFocus
        onChange={(event) => setReason(event.target.value)}
        className="min-h-16"
      />
      <div className="flex flex-wrap gap-2">
        {usual.map((name) => (
          <Button key={name} tone="outline" onClick={() => setReason(words.cancel[name])}>
            {words.cancel[name]}
          </Button>
        ))}
      </div>
      <Button type="submit" size="large" isWide tone="danger" disabled={isPending}>
        {words.cancel.do}
      </Button>
    </form>
  )
}
