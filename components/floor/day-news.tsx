'use client'

import { LiveArea } from '@/components/ui/status-message'
import type { DayChange } from '@/domain/floor/change.rules'
import type { Day } from '@/domain/floor/schema'
import { useWords } from './words/use-words'

/** Reads out what somebody else has just changed; the eye finds it marked on the board. */
export function DayNews({ news, day }: { news: DayChange | null; day: Day }) {
  const { t, formatTime, nameParty, sizeParty } = useWords()
  const party =
    news && day.parties.find(({ reservationId }) => reservationId === news.reservationId)
  if (!news || !party) return <LiveArea className="sr-only">{null}</LiveArea>
  const words = {
    name: nameParty(party),
    time: formatTime(party.startsAt),
    size: sizeParty(party),
    status: t(`status.${news.status}`),
  }
  return (
    <LiveArea className="sr-only">
      {news.isNew ? t('news.new', words) : t('news.changed', words)}
    </LiveArea>
  )
}
