'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { askForLink } from '@/domain/identity/link/request/actions'
import type { Messages } from '@/lib/i18n/messages'
import type { Locale } from '@/lib/locale'

/** Somebody is signed in whose address nobody has confirmed: what that means, and the mail again. */
export function UnconfirmedBanner({
  email,
  locale,
  words,
}: {
  email: string
  locale: Locale
  words: Messages['access']
}) {
  const [isSent, setIsSent] = useState(false)
  const { run, isRunning, refusal } = useAction(words)
  const said = words.unconfirmed
  const send = () =>
    run(
      () => askForLink({ email, purpose: 'CONFIRM_ADDRESS', locale }),
      () => setIsSent(true),
    )
  return (
    <StatusMessage
      tone="waiting"
      title={said.title}
      actions={
        !isSent && (
          <Button tone="outline" isWide disabled={isRunning} onClick={send}>
            {isRunning ? said.sending : said.again}
          </Button>
        )
      }
    >
      <LiveArea>
        <p>{refusal?.words ?? fillIn(isSent ? said.sent : said.text, { email })}</p>
      </LiveArea>
    </StatusMessage>
  )
}
