'use client'

import { useEffect, useRef, useState } from 'react'
import { ticketKeyOf } from '@/components/floor/queue/use-acts'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { Button } from '@/components/ui/button'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { laneOf } from '@/domain/floor/queue.rules'
import { splitWaiting } from '@/domain/line/waiting.rules'
import type { Waiting, WaitingTicket } from '@/domain/line/waiting.types'
import { LineStateBar } from './line-state-bar'
import { WaitingRow } from './waiting-row'

const PAGE = 30

/** Waiting parties in order; below them, parties that were called and did not come. */
export function WaitingList({ waiting }: { waiting: Waiting }) {
  const { words } = useWaitingWords()
  const [shown, setShown] = useState(PAGE)
  const { inLine, lapsed } = splitWaiting(waiting.tickets)
  const newest = useNewest(waiting.tickets)
  return (
    <section aria-label={words.label} className="flex flex-col gap-3 lg:h-full lg:min-h-0">
      <LineStateBar waiting={waiting} count={inLine.length} />
      <LiveArea className="sr-only">
        {newest &&
          fillIn(words.new, {
            number: newest.number,
            size: fillIn(words.size, { count: newest.partySize }),
          })}
      </LiveArea>
      <div className="flex flex-col gap-2 lg:-mx-1 lg:min-h-0 lg:overflow-y-auto lg:px-1 lg:pb-3 print:overflow-visible print:pb-0">
        {inLine.length === 0 && (
          <div className="rounded-small border border-dashed border-line px-4 py-6 text-center">
            <p className="font-semibold">{words.empty}</p>
            <p className="text-quiet">{words.emptyText}</p>
          </div>
        )}
        <Rows tickets={inLine.slice(0, shown)} firstId={inLine[0]?.id} />
        {inLine.length > shown && (
          <Button size="large" tone="quiet" isWide onClick={() => setShown(shown + PAGE)}>
            {fillIn(words.more, { count: inLine.length - shown })}
          </Button>
        )}
        {lapsed.length > 0 && (
          <>
            <h2 className="mt-3 font-semibold">{words.lapsed}</h2>
            <Rows tickets={lapsed.slice(0, PAGE)} firstId={undefined} />
          </>
        )}
      </div>
    </section>
  )
}

/** The last party to join since the list was first shown, or null. */
function useNewest(tickets: WaitingTicket[]): WaitingTicket | null {
  const [newest, setNewest] = useState<WaitingTicket | null>(null)
  const highest = useRef(Math.max(0, ...tickets.map(({ number }) => number)))
  useEffect(() => {
    const fresh = tickets.findLast(({ number }) => number > highest.current)
    if (!fresh) return
    highest.current = Math.max(...tickets.map(({ number }) => number))
    setNewest(fresh)
  }, [tickets])
  return newest
}

function Rows({ tickets, firstId }: { tickets: WaitingTicket[]; firstId: string | undefined }) {
  const { nowMs, pending, queued } = useBoardView()
  if (tickets.length === 0) return null
  const isPending = ({ id }: WaitingTicket) =>
    (['CALL', 'SEAT', 'PUT_BACK'] as const).some((act) =>
      pending.has(ticketKeyOf({ ticketId: id, act })),
    )
  return (
    <ul className="flex flex-col gap-2">
      {tickets.map((ticket) => (
        <WaitingRow
          key={ticket.id}
          ticket={ticket}
          nowMs={nowMs}
          isFirst={ticket.id === firstId}
          isPending={isPending(ticket)}
          queued={queued.findLast((act) => act.isTold && laneOf(act) === ticket.id)}
        />
      ))}
    </ul>
  )
}
