'use client'

import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { useBoardLive } from './state/board-context'
import { useWords } from './words/use-words'

/** Reads a colleague's latest change aloud; on the board the same change is marked. */
export function DayNews() {
  const { news, day } = useBoardLive()
  const { words, nameTime, nameParty, sizeParty } = useWords()
  const party =
    news && day.parties.find(({ reservationId }) => reservationId === news.reservationId)
  if (!news || !party) return <LiveArea className="sr-only">{null}</LiveArea>
  const values = {
    name: nameParty(party),
    time: nameTime(party.startsAt),
    size: sizeParty(party),
    status: words.status[news.status],
    tables: fillIn(words.party.tables, {
      count: party.tableNumbers.length,
      tables: party.tableNumbers.join(', '),
    }),
  }
  const told = news.isMoved ? words.news.moved : words.news.changed
  return (
    <LiveArea className="sr-only">
      {news.isNew ? fillIn(words.news.new, values) : fillIn(told, values)}
    </LiveArea>
  )
}
