'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextArea } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { cancelOwnOpening } from '@/domain/opening/actions'
import type { OwnOpening } from '@/domain/opening/list.schema'
import { LONGEST_REASON } from '@/domain/opening/plan.schema'
import type { Locale } from '@/lib/i18n/locale'
import { formatDate, nameMoment } from '@/lib/i18n/moment'
import type { PlanRestaurant, PlanWords } from './types'

/** What cancelling an opening means, the reason for it, and both ways out. */
export function TakeBackDialog({
  opening,
  restaurant,
  locale,
  words,
  onDone,
  onClose,
}: {
  opening: OwnOpening
  restaurant: PlanRestaurant
  locale: Locale
  words: PlanWords
  onDone: (told: string) => void
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const told = words.take
  const isMissing = refusal?.reason === 'invalid'
  const date = formatDate({ date: opening.serviceDate, locale })
  const at = nameMoment({ at: opening.opensAt, timeZone: restaurant.timeZone, locale })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={fillIn(told.title, { date })}
      closeLabel={words.close}
      canClose={!isRunning}
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const asked = { openingId: opening.id, reason, locale }
          run(
            () => cancelOwnOpening(asked),
            () => onDone(told.done),
          )
        }}
      >
        <p>{fillIn(told.text, { at })}</p>
        {opening.waiting > 0 && (
          <StatusMessage tone="waiting" title={fillIn(told.waiting, { count: opening.waiting })} />
        )}
        <TextArea
          label={told.reason}
          hint={told.reasonHint}
          maxLength={LONGEST_REASON}
          value={reason}
          error={isMissing && told.missing}
          onChange={(event) => setReason(event.target.value)}
        />
        <LiveArea>
          {refusal && !isMissing && <StatusMessage tone="refusal" title={refusal.words} />}
        </LiveArea>
        <Button type="submit" tone="danger" size="large" isWide disabled={isRunning}>
          {isRunning ? words.working : told.yes}
        </Button>
        <Button tone="outline" size="large" isWide disabled={isRunning} onClick={onClose}>
          {words.cancel}
        </Button>
      </form>
    </Dialog>
  )
}
