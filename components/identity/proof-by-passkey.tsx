'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { askToProveByPasskey, proveOwnPasskey } from '@/domain/identity/passkey.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { signWithPasskey, useCanPasskey } from './passkey/ceremony'

/** Proves who the person is by their passkey, beside the other ways. */
export function ProofByPasskey({
  locale,
  words,
  onProven,
}: {
  locale: Locale
  words: Messages['access']
  onProven: () => void
}) {
  const canPasskey = useCanPasskey()
  const { run, isRunning, refusal } = useAction(words)
  if (!canPasskey) return null
  const prove = () =>
    run(
      () =>
        signWithPasskey({
          begin: () => askToProveByPasskey({ locale }),
          enter: (answer) => proveOwnPasskey({ answer, locale }),
          words: words.passkey,
        }),
      onProven,
    )
  return (
    <>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button tone="outline" isWide disabled={isRunning} onClick={prove}>
        {isRunning ? words.passkey.asking : words.passkey.prove.submit}
      </Button>
    </>
  )
}
