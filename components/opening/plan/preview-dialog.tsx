'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { StatusMessage } from '@/components/ui/status-message'
import type { ActionRefusal } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import type { PlanPreview } from '@/domain/opening/plan.schema'
import type { Locale } from '@/lib/i18n/locale'
import { formatDate, nameMoment } from '@/lib/i18n/moment'
import { toPerMinute } from './terms-draft'
import type { PlanRestaurant, PlanWords } from './types'

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col border-b border-line py-2 last:border-0">
      <dt className="text-15 text-quiet">{name}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  )
}

/** What will become public, what can't be changed afterwards, and the button that announces it. */
export function PreviewDialog({
  preview,
  terms,
  restaurant,
  locale,
  words,
  isRunning,
  refusal,
  onAnnounce,
  onClose,
}: {
  preview: PlanPreview
  terms: { orderBy: 'DRAW' | 'ARRIVAL'; turnsPerSecond: number }
  restaurant: PlanRestaurant
  locale: Locale
  words: PlanWords
  isRunning: boolean
  refusal: ActionRefusal | null
  onAnnounce: () => void
  onClose: () => void
}) {
  const told = words.preview
  const { now, timeZone } = restaurant
  const at = (instant: string) => nameMoment({ at: instant, now, timeZone, locale })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={told.title}
      closeLabel={words.close}
      canClose={!isRunning}
    >
      <div role="status" className="flex flex-col gap-2 empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {preview.doubts.map((doubt) => (
          <StatusMessage key={doubt} tone="waiting" title={told.doubts[doubt]} />
        ))}
      </div>
      <section aria-labelledby="preview-public" className="flex flex-col">
        <h3 id="preview-public" className="font-bold">
          {told.public}
        </h3>
        <dl>
          <Fact name={told.date}>{formatDate({ date: preview.serviceDate, locale })}</Fact>
          <Fact name={told.opens}>{at(preview.opensAt)}</Fact>
          <Fact name={told.lobby}>{fillIn(told.lobbyFrom, { at: at(preview.lobbyOpensAt) })}</Fact>
          <Fact name={told.gate}>{fillIn(told.gateUntil, { at: at(preview.gateUntil) })}</Fact>
          <Fact name={told.order}>{words.form[terms.orderBy]}</Fact>
          <Fact name={told.rate}>
            {fillIn(words.line.rate, { rate: toPerMinute(terms.turnsPerSecond) })}
          </Fact>
          {preview.slots > 0 && (
            <Fact name={told.seats}>
              {fillIn(told.seatsOf, { slots: preview.slots, taken: preview.taken })}
            </Fact>
          )}
          <Fact name={told.commitment}>
            <span className="font-normal">{told.commitmentText}</span>
          </Fact>
          <Fact name={told.beacon}>
            <span className="font-normal">{told.beacons[preview.beaconName ?? 'none']}</span>
          </Fact>
        </dl>
      </section>
      <section aria-labelledby="preview-fixed">
        <h3 id="preview-fixed" className="font-bold">
          {told.fixed}
        </h3>
        <p className="text-15 text-quiet">{told.fixedText}</p>
      </section>
      <div className="flex flex-col gap-2">
        <Button size="large" isWide disabled={isRunning} onClick={onAnnounce}>
          {isRunning ? words.working : told.announce}
        </Button>
        <Button tone="outline" size="large" isWide disabled={isRunning} onClick={onClose}>
          {words.cancel}
        </Button>
      </div>
    </Dialog>
  )
}
