'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { OwnOpening } from '@/domain/opening/list.schema'
import type { Locale } from '@/lib/i18n/locale'
import { formatDate } from '@/lib/i18n/moment'
import { RateDialog } from './rate-dialog'
import { TakeBackDialog } from './take-back-dialog'
import type { PlanRestaurant, PlanWords } from './types'

/** The acts still possible on an opening that is not over. */
export function OpeningActs({
  opening,
  restaurant,
  locale,
  words,
}: {
  opening: OwnOpening
  restaurant: PlanRestaurant
  locale: Locale
  words: PlanWords
}) {
  const [open, setOpen] = useState<'rate' | 'take' | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const date = formatDate({ date: opening.serviceDate, locale })
  const isBegun = opening.state !== 'ANNOUNCED' && opening.state !== 'LOBBY'
  const asked = {
    opening,
    restaurant,
    locale,
    words,
    onClose: () => setOpen(null),
    onDone: (told: string) => {
      setOpen(null)
      setDone(told)
    },
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Button
          tone="outline"
          aria-haspopup="dialog"
          aria-label={fillIn(words.line.changeRateOf, { date })}
          onClick={() => setOpen('rate')}
        >
          {words.line.changeRate}
        </Button>
        {!isBegun && (
          <Button
            tone="quiet"
            aria-haspopup="dialog"
            aria-label={fillIn(words.line.takeOf, { date })}
            onClick={() => setOpen('take')}
          >
            {words.line.take}
          </Button>
        )}
      </div>
      <LiveArea>{done && <StatusMessage tone="confirmed" title={done} />}</LiveArea>
      {open === 'rate' && <RateDialog {...asked} />}
      {open === 'take' && <TakeBackDialog {...asked} />}
    </div>
  )
}
