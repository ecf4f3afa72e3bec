'use client'

import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { askToSignInByPasskey, enterByPasskey } from '@/domain/identity/passkey.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { offerPasskeys } from './autofill'
import { signWithPasskey, useCanPasskey } from './ceremony'

/**
 * Signs in by a passkey: by a button, and among what the browser fills into the address field.
 * Nothing where the browser can't.
 */
export function PasskeySignIn({
  returnPath,
  locale,
  words,
}: {
  returnPath: string
  locale: Locale
  words: Messages['access']['passkey'] & Pick<Messages['access'], 'failed'>
}) {
  const canPasskey = useCanPasskey()
  const { run, isRunning, refusal } = useAction(words)
  // A full load, because the header and the browser's cached pages now belong to an account.
  const goOn = () => window.location.assign(returnPath)
  // biome-ignore lint/correctness/useExhaustiveDependencies: offered whenever nothing else is asked
  useEffect(() => {
    if (!canPasskey || isRunning) return
    return offerPasskeys({
      begin: () => askToSignInByPasskey({ locale }),
      onAnswer: (answer) => run(() => enterByPasskey({ answer, locale }), goOn),
    })
  }, [canPasskey, isRunning])
  if (!canPasskey) return null
  const press = () =>
    run(
      () =>
        signWithPasskey({
          begin: () => askToSignInByPasskey({ locale }),
          enter: (answer) => enterByPasskey({ answer, locale }),
          words,
        }),
      goOn,
    )
  return (
    <div className="flex flex-col gap-2">
      <Button tone="outline" isWide disabled={isRunning} onClick={press}>
        {isRunning ? words.asking : words.signIn}
      </Button>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </div>
  )
}
