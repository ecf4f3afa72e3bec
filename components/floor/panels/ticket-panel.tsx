'use client'

import { useState } from 'react'
import { Allergies } from '@/components/floor/guests/allergies'
import { Fact } from '@/components/floor/guests/fact'
import { GuestCard } from '@/components/floor/guests/guest-card'
import { GuestTags } from '@/components/floor/guests/guest-tags'
import { ticketKeyOf } from '@/components/floor/queue/use-acts'
import { WaitingMark } from '@/components/floor/queue/waiting-mark'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { TicketWord } from '@/components/floor/words/status-word'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { laneOf } from '@/domain/floor/queue.rules'
import { countMinutesSince, listStaffActs, projectStatus } from '@/domain/line/waiting.rules'
import type { StaffTicketAct, WaitingTicket } from '@/domain/line/waiting.types'
import { CancelForm } from './cancel-form'
import { SeatForm } from './seat-form'
import { SidePanel } from './side-panel'

function TicketFacts({ ticket, nowMs }: { ticket: WaitingTicket; nowMs: number }) {
  const { words, formatTime, nameTicket } = useWaitingWords()
  const { place, partySize, dining, takenAt, phoneEnd, canBeTold, postponements } = ticket
  const minutes = countMinutesSince({ at: takenAt, nowMs })
  return (
    <dl className="border-b border-line">
      {place !== null && (
        <Fact label={words.facts.place}>{fillIn(words.facts.placeOf, { place })}</Fact>
      )}
      <Fact label={words.facts.party}>
        {fillIn(words.size, { count: partySize })} · {words[dining]}
      </Fact>
      <Fact label={words.facts.who}>
        {nameTicket(ticket)}
        {phoneEnd && ` · ${fillIn(words.phoneEnd, { digits: phoneEnd })}`}
        {!canBeTold && <span className="block text-waiting">{words.untold}</span>}
      </Fact>
      <Fact label={words.facts.takenAt}>
        {fillIn(words.facts.takenOf, { time: formatTime(takenAt), minutes })}
        {postponements > 0 && ` · ${fillIn(words.postponed, { count: postponements })}`}
      </Fact>
    </dl>
  )
}

/** Everything about a party in line, and every act possible now with one tap. */
export function TicketPanel({ ticket }: { ticket: WaitingTicket }) {
  const { words, describeStatus } = useWaitingWords()
  const { actOnTicket } = useBoardControls()
  const { nowMs, pending, queued: all } = useBoardView()
  const [isAsking, setIsAsking] = useState(false)
  const { id: ticketId, number, status, entry } = ticket
  const queued = all.filter((act) => laneOf(act) === ticketId)
  const waits = queued.flatMap(({ work }) => (work.kind === 'TICKET' ? [work.act] : []))
  const acts = listStaffActs(projectStatus({ status, acts: waits }))
  const isCancelling = isAsking && acts.includes('CANCEL')
  const offered = isCancelling ? [] : acts
  const isPending = (act: StaffTicketAct) => pending.has(ticketKeyOf({ ticketId, act }))
  const last = queued.findLast((act) => act.isTold)
  return (
    <SidePanel title={fillIn(words.number, { number })}>
      <p className="-mt-3 text-20" aria-live="polite">
        <TicketWord status={status}>{describeStatus({ ticket, nowMs })}</TicketWord>
      </p>
      {entry && entry.tags.length > 0 && (
        <p className="-mt-2 flex flex-wrap gap-1.5">
          <GuestTags tags={entry.tags} />
        </p>
      )}
      {entry?.allergies && <Allergies text={entry.allergies} />}
      {last && <WaitingMark act={last} />}
      {isCancelling && (
        <CancelForm
          usual={[words.cancel.soldOut, words.cancel.closing, words.cancel.unreached]}
          words={words.cancel}
          isPending={isPending('CANCEL')}
          onBack={() => setIsAsking(false)}
          onCancel={(reason) => {
            void actOnTicket({ ticket, act: 'CANCEL', reason })
            setIsAsking(false)
          }}
        />
      )}
      {offered.includes('SEAT') && (
        <SeatForm
          ticket={ticket}
          isPending={isPending('SEAT')}
          onSeat={(seats) => actOnTicket({ ticket, act: 'SEAT', ...seats })}
        />
      )}
      {(['CALL', 'LAST_CALL', 'PUT_BACK'] as const)
        .filter((act) => offered.includes(act))
        .map((act) => (
          <div key={act} className="flex flex-col gap-1.5">
            <Button
              size="large"
              isWide
              tone={act === 'PUT_BACK' ? 'main' : 'outline'}
              disabled={isPending(act)}
              onClick={() => actOnTicket({ ticket, act })}
            >
              {words.acts[act]}
            </Button>
            {act !== 'CALL' && <p className="text-center text-15 text-quiet">{words.hints[act]}</p>}
          </div>
        ))}
      <TicketFacts ticket={ticket} nowMs={nowMs} />
      {(entry !== null || ticket.name !== null) && (
        <GuestCard entryId={entry?.id ?? null} party={{ ticketId }} />
      )}
      {acts.length === 0 && <p className="text-quiet">{words.over}</p>}
      {offered.includes('CANCEL') && (
        <Button size="large" isWide tone="danger" onClick={() => setIsAsking(true)}>
          {words.acts.CANCEL}
        </Button>
      )}
    </SidePanel>
  )
}
