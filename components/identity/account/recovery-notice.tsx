'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { stopSigningInWithoutPasskey } from '@/domain/identity/passkey.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Tells of a sign-in without passkeys that waits, and stops it, beside the mail that does the same. */
export function RecoveryNotice({
  readyAt,
  isReady,
  locale,
  words,
}: {
  /** From when it goes on, in words. Null: none waits. */
  readyAt: string | null
  isReady: boolean
  locale: Locale
  words: Messages['account']['page']
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [isStopped, setIsStopped] = useState(false)
  const said = words.recovery
  const stop = () =>
    run(
      () => stopSigningInWithoutPasskey({ locale }),
      () => setIsStopped(true),
    )
  return (
    <LiveArea className="empty:hidden">
      {isStopped && (
        <StatusMessage tone="confirmed" title={said.stopped}>
          <p className="text-15">{said.stoppedText}</p>
        </StatusMessage>
      )}
      {!isStopped && readyAt !== null && (
        <StatusMessage
          tone="waiting"
          title={said.title}
          actions={
            <Button tone="outline" isWide disabled={isRunning} onClick={stop}>
              {isRunning ? said.stopping : said.stop}
            </Button>
          }
        >
          <p className="text-15">
            {isReady ? said.ready : fillIn(said.waiting, { time: readyAt })} {said.text}
          </p>
          {refusal && <p className="font-medium text-refusal">{refusal.words}</p>}
        </StatusMessage>
      )}
    </LiveArea>
  )
}
