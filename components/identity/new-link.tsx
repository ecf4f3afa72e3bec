'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { askForNewLink } from '@/domain/identity/link.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Sends a new link to the same mailbox as the old one, without this page knowing its address. */
export function NewLink({
  token,
  locale,
  words,
}: {
  token: string
  locale: Locale
  words: Messages['access']
}) {
  const [isSent, setIsSent] = useState(false)
  const { run, isRunning, refusal } = useAction(words)
  const ask = () =>
    run(
      () => askForNewLink({ token, locale }),
      () => setIsSent(true),
    )
  return (
    <div className="flex flex-col gap-5">
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {isSent && <StatusMessage tone="confirmed" title={words.link.newLinkSent} />}
      </LiveArea>
      {!isSent && (
        <Button size="large" isWide disabled={isRunning} onClick={ask}>
          {isRunning ? words.request.working : words.link.newLink}
        </Button>
      )}
    </div>
  )
}
