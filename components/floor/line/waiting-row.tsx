'use client'

import clsx from 'clsx'
import { memo } from 'react'
import { AllergyMark } from '@/components/floor/guests/allergies'
import { GuestTags } from '@/components/floor/guests/guest-tags'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import { WaitingMark } from '@/components/floor/queue/waiting-mark'
import { useBoardControls } from '@/components/floor/state/board-context'
import { TicketWord } from '@/components/floor/words/status-word'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import type { TicketStatus } from '@/domain/line/types'
import { countMinutesSince } from '@/domain/line/waiting.rules'
import type { StaffTicketAct, WaitingTicket } from '@/domain/line/waiting.types'

/** The acts that take one tap in the list. */
const quick: Partial<Record<TicketStatus, StaffTicketAct>> = {
  WAITING: 'CALL',
  POSTPONED: 'CALL',
  CALLED: 'SEAT',
  LAST_CALLED: 'SEAT',
  LAPSED: 'PUT_BACK',
}

/** A party in line, readable at arm's length: its number, its size and its wait. */
export const WaitingRow = memo(function WaitingRow({
  ticket,
  nowMs,
  isFirst,
  isPending,
  queued,
}: {
  ticket: WaitingTicket
  nowMs: number
  /** The party is next. */
  isFirst: boolean
  /** The row's quick act is being sent. */
  isPending: boolean
  /** The latest act tapped for this party that has no answer yet. */
  queued: PendingAct | undefined
}) {
  const { openTicket, tapTicket } = useBoardControls()
  const { words, nameTicket, describeStatus } = useWaitingWords()
  const { number, partySize, dining, status, phoneEnd, canBeTold, takenAt, entry } = ticket
  const act = quick[status]
  const size = fillIn(words.size, { count: partySize })
  const told = describeStatus({ ticket, nowMs })
  return (
    <li
      className={clsx(
        'flex items-stretch gap-2 rounded-small border bg-raised pr-2',
        isFirst ? 'border-accent' : 'border-line',
      )}
    >
      <button
        type="button"
        onClick={() => openTicket(ticket)}
        aria-label={fillIn(words.open, { number, name: nameTicket(ticket), size, status: told })}
        className="flex min-h-20 min-w-0 grow items-start gap-3 rounded-small py-2.5 pl-3 text-left hover:bg-line/40"
      >
        <span className="w-15 shrink-0 text-28 leading-tight font-bold tabular-nums">{number}</span>
        <span className="flex min-w-0 grow flex-col gap-0.5">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-20 leading-tight font-semibold tabular-nums">{size}</span>
            {dining === 'TAKEOUT' && <span className="font-semibold">{words.TAKEOUT}</span>}
            <span>{nameTicket(ticket)}</span>
            {entry && <GuestTags tags={entry.tags} />}
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-15 text-quiet tabular-nums">
            <TicketWord status={status}>{told}</TicketWord>
            {status !== 'LAPSED' && (
              <span>
                {fillIn(words.waited, { minutes: countMinutesSince({ at: takenAt, nowMs }) })}
              </span>
            )}
            {phoneEnd && <span>{fillIn(words.phoneEnd, { digits: phoneEnd })}</span>}
            {!canBeTold && <span className="font-semibold text-waiting">{words.untoldMark}</span>}
          </span>
          {queued && <WaitingMark act={queued} />}
          <AllergyMark text={entry?.allergies ?? null} />
        </span>
      </button>
      {act && (
        <Button
          size="large"
          tone={isFirst || act === 'SEAT' ? 'main' : 'outline'}
          disabled={isPending}
          aria-label={`${fillIn(words.number, { number })} ${words.acts[act]}`}
          onClick={() => tapTicket(ticket, act)}
          className="my-2 min-w-18 shrink-0 px-3! text-17!"
        >
          {words.acts[act]}
        </Button>
      )}
    </li>
  )
})
