'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { confirmAddressAgain } from '@/domain/identity/account.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { DoneNote } from './setting'

/** An unconfirmed address cannot book: says so first, and mails the link again. */
export function UnconfirmedNotice({
  email,
  locale,
  words,
}: {
  email: string
  locale: Locale
  words: Messages['account']['page']
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [sentTo, setSentTo] = useState<string>()
  const ask = () =>
    run(
      () => confirmAddressAgain({ locale }),
      (sent) => setSentTo(sent.email),
    )
  return (
    <StatusMessage
      tone="waiting"
      title={words.unconfirmed}
      actions={
        <>
          <Button tone="outline" onClick={ask} disabled={isRunning} isWide>
            {isRunning ? words.saving : words.confirmAgain}
          </Button>
          <DoneNote text={sentTo && fillIn(words.confirmSent, { email: sentTo })} />
          <LiveArea className="text-15 font-medium text-refusal empty:hidden">
            {refusal?.words}
          </LiveArea>
        </>
      }
    >
      <p className="text-quiet wrap-anywhere">{fillIn(words.unconfirmedText, { email })}</p>
    </StatusMessage>
  )
}
