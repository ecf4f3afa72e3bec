'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { disputeOwnNoShow } from '@/domain/booking/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The diner says, once, what happened. */
export function DisputeForm({
  reservationId,
  hint,
  locale,
  words,
}: {
  reservationId: string
  hint: string
  locale: Locale
  words: Messages['booking']['noShow']
}) {
  const [text, setText] = useState('')
  const { run, isRunning, refusal } = useAction(words)
  const isWrong = refusal?.reason === 'invalid'
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        run(() => disputeOwnNoShow({ reservationId, text, locale }))
      }}
    >
      <TextArea
        label={words.text}
        hint={hint}
        error={isWrong && words.textWrong}
        name="text"
        rows={3}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <LiveArea className="empty:hidden">
        {refusal && !isWrong && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button type="submit" isWide disabled={isRunning}>
        {isRunning ? words.sending : words.send}
      </Button>
    </form>
  )
}
