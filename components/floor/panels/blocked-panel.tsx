'use client'

import type { ReactNode } from 'react'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import type { DaySlot } from '@/domain/floor/schema'
import { SidePanel } from './side-panel'

/** A slot that is kept from everybody, and the way to open it again. */
export function BlockedPanel({
  slot,
  isPending,
  over,
  onUnblock,
  onClose,
}: {
  slot: DaySlot
  isPending: boolean
  over: ReactNode
  onUnblock: () => void
  onClose: () => void
}) {
  const { t, formatTime } = useWords()
  const { tableNumber, startsAt, endsAt } = slot
  const times = t('walkIn.slot', { from: formatTime(startsAt), to: formatTime(endsAt) })
  return (
    <SidePanel
      title={`${t('grid.table', { number: tableNumber })} ${times}`}
      closeLabel={t('party.close')}
      onClose={onClose}
      over={over}
    >
      <p className="text-quiet">{t('block.text')}</p>
      <Button size="large" isWide disabled={isPending} onClick={onUnblock}>
        {t('block.off')}
      </Button>
    </SidePanel>
  )
}
