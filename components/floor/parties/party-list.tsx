'use client'

import dynamic from 'next/dynamic'
import { memo } from 'react'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import { keyOf } from '@/components/floor/queue/use-acts'
import { useBoardView } from '@/components/floor/state/board-context'
import { useObstructionWords } from '@/components/floor/words/use-obstruction-words'
import { useWords } from '@/components/floor/words/use-words'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { listParties } from '@/domain/floor/party.rules'
import { laneOf } from '@/domain/floor/queue.rules'
import type { DayParty } from '@/domain/floor/schema'
import { findObstruction } from '@/domain/floor/walk-in.rules'
import { PartyFilters, type Wanted } from './party-filters'
import { PartyRow } from './party-row'

export const loadOtherDates = () => import('./other-dates')
const OtherDates = dynamic(() => loadOtherDates().then((file) => file.OtherDates), { ssr: false })

function isPending({ party, pending }: { party: DayParty; pending: ReadonlySet<string> }) {
  return pending.has(keyOf({ party, work: 'SEAT' })) || pending.has(keyOf({ party, work: 'LEAVE' }))
}

const none: PendingAct[] = []

function listQueued({ party, queued }: { party: DayParty; queued: PendingAct[] }): PendingAct[] {
  const own = queued.filter((act) => act.isTold && laneOf(act) === party.reservationId)
  return own.length > 0 ? own : none
}

/** Lists the next parties, or the parties that match the search. */
export const PartyList = memo(function PartyList({
  wanted,
  onChange,
}: {
  wanted: Wanted
  onChange: (wanted: Wanted) => void
}) {
  const day = useBoardView()
  const { parties, pending, queued, nowMs, marks } = day
  const { words } = useWords()
  const { describeObstruction } = useObstructionWords()
  const isSearching = wanted.search.trim() !== ''
  const tellObstruction = (party: DayParty) => {
    const obstruction = findObstruction({ day, party, nowMs })
    return obstruction && describeObstruction(obstruction)
  }
  const shown = listParties({ parties, ...wanted })
  const next =
    wanted.filter === 'COMING' && !isSearching
      ? shown.find((party) => Date.parse(party.startsAt) > nowMs)
      : undefined
  return (
    <section aria-label={words.list.label} className="flex flex-col gap-3 lg:h-full lg:min-h-0">
      <div className="print:hidden">
        <PartyFilters parties={parties} wanted={wanted} onChange={onChange} />
      </div>
      <LiveArea className="sr-only">
        {isSearching && fillIn(words.list.found, { count: shown.length })}
      </LiveArea>
      {shown.length > 0 ? (
        <ul className="flex flex-col gap-2 lg:-mx-1 lg:min-h-0 lg:overflow-y-auto lg:px-1 lg:pb-3 print:overflow-visible print:pb-0">
          {shown.map((party) => (
            <PartyRow
              key={party.reservationId}
              party={party}
              nowMs={nowMs}
              isFresh={marks.has(party.reservationId)}
              isNext={party === next}
              obstruction={tellObstruction(party)}
              queued={listQueued({ party, queued })}
              isPending={isPending({ party, pending })}
            />
          ))}
        </ul>
      ) : (
        <div className="flex flex-col gap-4 rounded-small border border-dashed border-line px-4 py-6">
          <p className="text-center text-quiet">
            {isSearching
              ? fillIn(words.list.notFound, { search: wanted.search.trim() })
              : words.list.empty[wanted.filter]}
          </p>
          {isSearching && <OtherDates search={wanted.search.trim()} />}
        </div>
      )}
    </section>
  )
})
