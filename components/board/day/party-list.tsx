'use client'

import { memo, useState } from 'react'
import { LiveArea } from '@/components/ui/status-message'
import { listParties } from '@/domain/board/day/party/rules'
import type { DayParty } from '@/domain/board/day/types'
import type { ReservationAct } from '@/domain/booking/types'
import { PartyFilters, type Wanted } from './party-filters'
import { PartyRow } from './party-row'
import { keyOf } from './use-acts'
import { useWords } from './use-words'

type Props = {
  parties: DayParty[]
  nowMs: number
  marks: ReadonlyMap<string, number>
  pending: ReadonlySet<string>
  onOpen: (party: DayParty) => void
  onAct: (party: DayParty, act: ReservationAct) => void
}

function isPending({ party, pending }: { party: DayParty; pending: ReadonlySet<string> }) {
  return pending.has(keyOf({ party, work: 'SEAT' })) || pending.has(keyOf({ party, work: 'LEAVE' }))
}

/** Who comes next, and whoever else was looked for. */
export const PartyList = memo(function PartyList({ parties, pending, ...rest }: Props) {
  const { nowMs, marks, onOpen, onAct } = rest
  const { t } = useWords()
  const [wanted, setWanted] = useState<Wanted>({ filter: 'COMING', search: '' })
  const isSearching = wanted.search.trim() !== ''
  const shown = listParties({ parties, ...wanted })
  const next =
    wanted.filter === 'COMING' && !isSearching
      ? shown.find((party) => Date.parse(party.startsAt) > nowMs)
      : undefined
  return (
    <section aria-label={t('list.label')} className="flex flex-col gap-3 lg:h-full lg:min-h-0">
      <PartyFilters parties={parties} wanted={wanted} onChange={setWanted} />
      <LiveArea className="sr-only">
        {isSearching && t('list.found', { count: shown.length })}
      </LiveArea>
      {shown.length > 0 ? (
        <ul className="flex flex-col gap-2 lg:-mx-1 lg:min-h-0 lg:overflow-y-auto lg:px-1 lg:pb-24">
          {shown.map((party) => (
            <PartyRow
              key={party.reservationId}
              party={party}
              nowMs={nowMs}
              isFresh={marks.has(party.reservationId)}
              isNext={party === next}
              isPending={isPending({ party, pending })}
              onOpen={onOpen}
              onAct={onAct}
            />
          ))}
        </ul>
      ) : (
        <p className="rounded-small border border-dashed border-line px-4 py-8 text-center text-quiet">
          {isSearching
            ? t('list.notFound', { search: wanted.search.trim() })
            : t(`list.empty.${wanted.filter}`)}
        </p>
      )}
    </section>
  )
})
