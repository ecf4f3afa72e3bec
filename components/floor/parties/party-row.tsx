'use client'

import clsx from 'clsx'
import { memo } from 'react'
import { AllergyMark } from '@/components/floor/guests/allergies'
import { GuestTags } from '@/components/floor/guests/guest-tags'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import { WaitingMark } from '@/components/floor/queue/waiting-mark'
import { useBoardControls } from '@/components/floor/state/board-context'
import { StatusWord } from '@/components/floor/words/status-word'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { WarningIcon } from '@/components/ui/message-icons'
import { PhoneIcon } from '@/components/ui/place-icons'
import { fillIn } from '@/components/ui/words'
import type { ReservationAct } from '@/domain/booking/types'
import { judgeLateness, listOfferedActs, tellAllergies } from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'

/** Acts at the door that need no panel: seat a party, or let it leave. */
const QUICK: ReservationAct[] = ['SEAT', 'LEAVE']

/** A party due within this time may walk in at any moment; other parties' buttons stay subdued. */
const DUE_MS = 15 * 60_000

function pickQuickAct({ party, nowMs }: { party: DayParty; nowMs: number }) {
  // Seating a no-show is a correction, which deserves a second look.
  if (party.status === 'NO_SHOW') return undefined
  return listOfferedActs({ party, nowMs }).find((act) => QUICK.includes(act))
}

export const PartyRow = memo(function PartyRow({
  party,
  nowMs,
  isFresh,
  isNext,
  obstruction,
  queued,
  isPending,
}: {
  party: DayParty
  nowMs: number
  isFresh: boolean
  isNext: boolean
  /** Who still sits at the table of the party, in words. Null: nothing is in its way. */
  obstruction: string | null
  /** Acts tapped for this party that have no answer yet. */
  queued: PendingAct[]
  /** The row's quick act is being sent. */
  isPending: boolean
}) {
  const { openParty, actOnParty } = useBoardControls()
  const { words, readTime, nameTime, nameParty, sizeParty, describeStatus } = useWords()
  const last = queued.at(-1)
  const quick = pickQuickAct({ party, nowMs })
  const lateness = judgeLateness({ party, nowMs })
  const isDue = Date.parse(party.startsAt) - nowMs < DUE_MS
  const status = describeStatus({ party, nowMs })
  const { time, next } = readTime(party.startsAt)
  return (
    <li
      className={clsx(
        'flex items-stretch gap-2 rounded-small border bg-raised pr-2',
        isFresh ? 'border-accent' : 'border-line',
      )}
    >
      <button
        type="button"
        data-party-id={party.reservationId}
        onClick={() => openParty(party)}
        aria-label={fillIn(words.party.open, {
          name: nameParty(party),
          size: sizeParty(party),
          time: nameTime(party.startsAt),
          status,
        })}
        className="flex min-h-20 min-w-0 grow items-start gap-3 rounded-small py-2.5 pl-3 text-left hover:bg-line/40"
      >
        <span className="min-w-15 shrink-0 text-20 font-semibold whitespace-nowrap tabular-nums">
          {next && <span className="block text-15 leading-tight">{next}</span>}
          {time}
        </span>
        <span className="flex min-w-0 grow flex-col gap-0.5">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-semibold">{nameParty(party)}</span>
            <span className="tabular-nums">{sizeParty(party)}</span>
            <span className="text-15 text-quiet tabular-nums">
              {party.tableNumbers.map((number) => fillIn(words.grid.table, { number })).join(', ')}
            </span>
            {party.entry && <GuestTags tags={party.entry.tags} />}
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-15">
            {isFresh && <span className="font-semibold text-accent">{words.party.fresh}</span>}
            {isNext && <span className="font-semibold">{words.party.next}</span>}
            <StatusWord status={party.status} lateness={lateness}>
              {status}
            </StatusWord>
            {party.phone && (
              <span className="inline-flex items-center gap-1 whitespace-nowrap text-quiet tabular-nums">
                <PhoneIcon />
                {party.phone}
              </span>
            )}
          </span>
          {obstruction && (
            <span className="flex items-start gap-1.5 text-15 font-semibold text-waiting">
              <WarningIcon />
              {obstruction}
            </span>
          )}
          {last && <WaitingMark act={last} isWalkIn={party.walkIn} />}
          <AllergyMark text={tellAllergies(party)} />
          {party.staffNote && (
            <span className="line-clamp-2 print:line-clamp-none text-15">{party.staffNote}</span>
          )}
          {party.note && (
            <span className="line-clamp-2 print:line-clamp-none text-15 text-quiet">
              {party.note}
            </span>
          )}
        </span>
      </button>
      {quick && (
        <Button
          size="large"
          tone={quick === 'SEAT' && isDue ? 'main' : 'outline'}
          disabled={isPending}
          aria-label={`${nameParty(party)} ${words.acts[quick]}`}
          // Its table is not free yet: the panel says what fits instead, where the act would be refused.
          onClick={() =>
            quick === 'SEAT' && obstruction ? openParty(party) : actOnParty(party, quick)
          }
          className="my-2 min-w-18 shrink-0 px-3! text-17!"
        >
          {words.acts[quick]}
        </Button>
      )}
    </li>
  )
})
