'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { fillIn } from '@/components/ui/words'
import type { useTicketActs } from './use-ticket-acts'
import type { TicketWords } from './words'

/** A guest whom the restaurant remembers by their consent reads so, and takes it back. */
export function EndConsent({
  restaurant,
  acts,
  words,
}: {
  restaurant: string
  acts: ReturnType<typeof useTicketActs>
  words: TicketWords['ticket']
}) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <div className="flex flex-col gap-1 print:hidden">
      <Button tone="quiet" isWide disabled={acts.isRunning} onClick={() => setIsAsking(true)}>
        {words.endConsent}
      </Button>
      <p className="text-center text-15 text-quiet">{fillIn(words.remembered, { restaurant })}</p>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.endConsentTitle}
        confirm={words.endConsentDo}
        cancel={words.forgetNot}
        closeLabel={words.close}
        isRunning={acts.isRunning}
        onConfirm={() => {
          setIsAsking(false)
          void acts.endConsent()
        }}
        onClose={() => setIsAsking(false)}
      >
        {words.endConsentText}
      </ConfirmDialog>
    </div>
  )
}
