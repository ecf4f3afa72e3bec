'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { checkOwnProof } from '@/domain/identity/proof.actions'
import type { Locale } from '@/lib/i18n/locale'

/** Asks for a proof, and goes on to a page that needs one. */
export function ProofPress({
  returnPath,
  locale,
  words,
}: {
  returnPath: string
  locale: Locale
  words: { prove: string; failed: string }
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  // A full load, so that no page rendered before the proof is shown from the router's memory.
  const goOn = () => window.location.assign(returnPath)
  return (
    <div className="flex flex-col gap-4">
      <Button
        size="large"
        disabled={isRunning}
        onClick={() => run(() => checkOwnProof({ locale }), goOn)}
      >
        {words.prove}
      </Button>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </div>
  )
}
