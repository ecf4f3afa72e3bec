'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { isActive } from '@/domain/line/rules'
import type { TicketView } from '@/domain/line/schema'
import type { useTicketActs } from './use-ticket-acts'
import type { TicketWords } from './words'

/** A guest without an account has their number and address forgotten, and hears first what it costs. */
export function ForgetContact({
  ticket: { status, contactForgottenAt },
  acts,
  words,
}: {
  ticket: TicketView
  acts: ReturnType<typeof useTicketActs>
  words: TicketWords['ticket']
}) {
  const [isAsking, setIsAsking] = useState(false)
  if (contactForgottenAt !== null)
    return (
      <p role="status" className="text-15 text-quiet print:hidden">
        {words.forgotten}
      </p>
    )
  const waits = isActive(status)
  return (
    <div className="flex flex-col gap-1 print:hidden">
      <Button tone="quiet" isWide disabled={acts.isRunning} onClick={() => setIsAsking(true)}>
        {words.forget}
      </Button>
      <p className="text-center text-15 text-quiet">{words.forgetHint}</p>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.forgetTitle}
        confirm={waits ? words.forgetLeave : words.forgetDo}
        cancel={words.forgetNot}
        closeLabel={words.close}
        isRunning={acts.isRunning}
        onConfirm={() => {
          setIsAsking(false)
          void acts.forget()
        }}
        onClose={() => setIsAsking(false)}
      >
        {waits ? words.forgetWaiting : words.forgetText}
      </ConfirmDialog>
    </div>
  )
}
