'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { cancelOwnReservation } from '@/domain/booking/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Asks first, because another diner may take a released table at once. */
export function CancelReservation({
  reservationId,
  what,
  locale,
  closeLabel,
  words,
}: {
  reservationId: string
  /** The restaurant and the time, repeated in the question. */
  what: string
  locale: Locale
  closeLabel: string
  words: Messages['booking']['reservation']
}) {
  const [isOpen, setIsOpen] = useState(false)
  const { run, isRunning, refusal } = useAction(words)
  const close = () => setIsOpen(false)
  return (
    <>
      <Button tone="danger" isWide onClick={() => setIsOpen(true)}>
        {words.cancel}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        canClose={!isRunning}
        title={words.cancelTitle}
        closeLabel={closeLabel}
      >
        <p className="font-semibold">{what}</p>
        <p>{words.cancelText}</p>
        <LiveArea className="empty:hidden">
          {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        </LiveArea>
        <div className="grid gap-2 md:grid-cols-2">
          <Button tone="outline" size="large" disabled={isRunning} onClick={close} autoFocus>
            {words.cancelNo}
          </Button>
          <Button
            tone="danger"
            size="large"
            disabled={isRunning}
            onClick={() => run(() => cancelOwnReservation({ reservationId, locale }), close)}
          >
            {isRunning ? words.cancelling : words.cancelYes}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
