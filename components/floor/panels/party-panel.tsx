'use client'

import { type ReactNode, useState } from 'react'
import { Allergies } from '@/components/floor/guests/allergies'
import { Fact } from '@/components/floor/guests/fact'
import { GuestCard } from '@/components/floor/guests/guest-card'
import { GuestTags } from '@/components/floor/guests/guest-tags'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import { changeKeyOf, keyOf } from '@/components/floor/queue/use-acts'
import { WaitingMark } from '@/components/floor/queue/waiting-mark'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { StatusWord } from '@/components/floor/words/status-word'
import { useObstructionWords } from '@/components/floor/words/use-obstruction-words'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { PhoneIcon } from '@/components/ui/place-icons'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { isCorrection } from '@/domain/booking/rules'
import type { ReservationAct } from '@/domain/booking/types'
import {
  isAwaitingStaff,
  isExpected,
  judgeLateness,
  listOfferedActs,
  tellAllergies,
} from '@/domain/floor/party.rules'
import { canTakeBack, laneOf, projectParty } from '@/domain/floor/queue.rules'
import type { DayParty } from '@/domain/floor/schema'
import { canMove, listOffers } from '@/domain/floor/target.rules'
import { findObstruction } from '@/domain/floor/walk-in.rules'
import { usualReasons } from '@/domain/notification/usual-reason.types'
import { CancelForm } from './cancel-form'
import { LateCall } from './late-call'
import { SidePanel } from './side-panel'
import { StaffNote } from './staff-note'

const tones = {
  CONFIRM: 'main',
  SEAT: 'main',
  LEAVE: 'main',
  NO_SHOW: 'outline',
  CORRECT_NO_SHOW: 'outline',
  CORRECT_SEAT: 'outline',
  CORRECT_LEAVE: 'outline',
  CORRECT_CANCEL: 'outline',
  CORRECT_ARRIVAL: 'outline',
  ARRIVE: 'outline',
  CANCEL: 'danger',
} as const
/** The likeliest act first, destructive acts last. */
const ORDER: ReservationAct[] = [
  'CONFIRM',
  'SEAT',
  'LEAVE',
  'ARRIVE',
  'CORRECT_NO_SHOW',
  'CORRECT_SEAT',
  'CORRECT_LEAVE',
  'CORRECT_CANCEL',
  'CORRECT_ARRIVAL',
  'NO_SHOW',
  'CANCEL',
]

/** A walk-in is removed; nobody reads why. */
const needsReason = (act: ReservationAct, { walkIn }: DayParty) => act === 'CANCEL' && !walkIn

function PartyFacts({ party }: { party: DayParty }) {
  const { words, nameTimes, sizeParty } = useWords()
  const { tableNumbers, note, phone } = party
  return (
    <dl className="border-b border-line">
      <Fact label={words.party.time}>{fillIn(words.party.until, nameTimes(party))}</Fact>
      <Fact label={words.party.headcount}>{sizeParty(party)}</Fact>
      <Fact label={words.party.place}>
        {fillIn(words.party.tables, {
          count: tableNumbers.length,
          tables: tableNumbers.join(', '),
        })}
      </Fact>
      {note && (
        <Fact label={words.party.note}>
          <span className="whitespace-pre-line">{note}</span>
        </Fact>
      )}
      {party.source && <Fact label={words.phone.source}>{words.phone.sources[party.source]}</Fact>}
      {!party.walkIn && (
        <Fact label={words.party.phone}>
          {phone ? (
            <a
              href={`tel:${phone.replace(/[^\d+]/g, '')}`}
              className="-my-3 inline-flex min-h-16 items-center gap-2 font-semibold underline"
            >
              <PhoneIcon />
              {phone}
            </a>
          ) : (
            <span className="font-normal text-quiet">{words.party.noPhone}</span>
          )}
        </Fact>
      )}
    </dl>
  )
}

/** Acts for this party that have no answer yet; each can be taken back while it has not left. */
function Waiting({ acts, isWalkIn }: { acts: PendingAct[]; isWalkIn: boolean }) {
  const { words } = useWords()
  const { takeBack } = useBoardControls()
  return acts.map((act) => (
    <div key={act.key} className="flex items-center justify-between gap-3">
      <WaitingMark act={act} isWalkIn={isWalkIn} />
      {canTakeBack({ act, acts }) && !act.isSending && (
        <Button
          size="large"
          tone="outline"
          onClick={() => takeBack(act.key)}
          className="shrink-0 px-3! text-17!"
        >
          {words.queue.takeBack}
        </Button>
      )}
    </div>
  ))
}

/** Most parties are moved to one of few tables that fit; the others are on the board. */
const MOST_OFFERS = 4

/** Other tables for the party at its own time, one tap each, and the way to change everything else. */
function Moves({ party }: { party: DayParty }) {
  const { words } = useWords()
  const { changeParty, moveParty } = useBoardControls()
  const day = useBoardView()
  const { startsAt, partySize } = party
  const asked = { day, party, startsAt, partySize, nowMs: day.nowMs }
  const offers = listOffers(asked).slice(0, MOST_OFFERS)
  const isPending = day.pending.has(changeKeyOf(party))
  return (
    <div className="flex flex-col gap-2">
      {offers.length > 0 && (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="mb-2 font-semibold">{words.change.tables}</legend>
          {offers.map(({ tableNumber }) => (
            <Button
              key={tableNumber}
              size="large"
              tone="outline"
              disabled={isPending}
              onClick={() => changeParty(party, { tableNumbers: [tableNumber] })}
            >
              {fillIn(words.grid.table, { number: tableNumber })}
            </Button>
          ))}
        </fieldset>
      )}
      <Button
        size="large"
        isWide
        tone="outline"
        disabled={isPending}
        onClick={() => moveParty(party)}
      >
        {words.change.open}
      </Button>
    </div>
  )
}

/** A booking is cancelled with a reason that its guest reads. */
function CancelBooking({ party, onBack }: { party: DayParty; onBack: () => void }) {
  const { words } = useWords()
  const { actOnParty } = useBoardControls()
  const { pending } = useBoardView()
  const told = words.cancel
  /** A usual reason goes as such, so that its guest reads it in their own language. */
  const cancel = (reason: string) => {
    const usualReason = usualReasons.find((usual) => told.usual[usual] === reason)
    void actOnParty(party, 'CANCEL', usualReason ? { usualReason } : { reason })
    onBack()
  }
  return (
    <CancelForm
      usual={usualReasons.map((usual) => told.usual[usual])}
      words={told}
      needsReason
      isPending={pending.has(keyOf({ party, work: 'CANCEL' }))}
      onBack={onBack}
      onCancel={(reason) => cancel(reason ?? '')}
    />
  )
}

/** What can be done with the party now; of a cancellation that is being reasoned, nothing else. */
function PartyActs({
  party,
  acts,
  moves,
  lateCall,
}: {
  party: DayParty
  acts: ReservationAct[]
  moves: ReactNode
  lateCall: ReactNode
}) {
  const { nameAct } = useWords()
  const { actOnParty } = useBoardControls()
  const { pending } = useBoardView()
  const [isCancelling, setIsCancelling] = useState(false)
  const canCancel = acts.some((act) => needsReason(act, party))
  if (isCancelling && canCancel)
    return <CancelBooking party={party} onBack={() => setIsCancelling(false)} />
  // Confirming is what staff came for; a hold is rarely moved.
  const awaitsStaff = isAwaitingStaff(party)
  return (
    <>
      {!awaitsStaff && moves}
      <div className="flex flex-col gap-3">
        {acts
          .filter((act) => !needsReason(act, party))
          .map((act) => (
            <Button
              key={act}
              size="large"
              isWide
              tone={tones[act]}
              disabled={pending.has(keyOf({ party, work: act }))}
              onClick={() => actOnParty(party, act)}
            >
              {nameAct({ act, isWalkIn: party.walkIn })}
            </Button>
          ))}
        {canCancel && (
          <Button size="large" isWide tone="danger" onClick={() => setIsCancelling(true)}>
            {nameAct({ act: 'CANCEL', isWalkIn: false })}
          </Button>
        )}
      </div>
      {awaitsStaff && moves}
      {lateCall}
    </>
  )
}

/** Everything about a party, and every act possible now with one tap. */
export function PartyPanel({
  party,
  isCheckedIn,
}: {
  party: DayParty
  /** The party's code was just read, and the panel confirms that it is the right party. */
  isCheckedIn: boolean
}) {
  const { words, formatTime, formatDate, nameMoment, nameParty, describeStatus } = useWords()
  const { describeObstruction, describeInstead } = useObstructionWords()
  const day = useBoardView()
  const { nowMs, queued: all, serviceDate, today } = day
  const queued = all.filter((act) => laneOf(act) === party.reservationId)
  const projected = projectParty({ party, acts: queued })
  const offered = listOfferedActs({ party: projected, nowMs })
  const isDayOver = serviceDate < today
  const hasPerson = !party.walkIn && (party.entry !== null || party.name !== null)
  const acts = ORDER.filter((act) => offered.includes(act) && !(isDayOver && isCorrection(act)))
  const awaitsStaff = isAwaitingStaff(party)
  const moves = canMove(projected) && !isDayOver && <Moves party={party} />
  const allergies = tellAllergies(party)
  const obstruction = findObstruction({ day, party, nowMs })
  return (
    <SidePanel title={nameParty(party)}>
      <div className="-mt-3 flex flex-col gap-1 text-20" aria-live="polite">
        <StatusWord status={party.status} lateness={judgeLateness({ party, nowMs })}>
          {describeStatus({ party, nowMs })}
        </StatusWord>
        {party.status === 'HELD' && party.holdExpiresAt && (
          <p className="text-17 text-quiet">
            {awaitsStaff
              ? fillIn(words.party.awaitsStaffUntil, {
                  time: nameMoment({ at: party.holdExpiresAt }),
                })
              : fillIn(words.party.holdUntil, { time: formatTime(party.holdExpiresAt) })}
          </p>
        )}
        {party.cancelledBy && !party.walkIn && (
          <p className="text-17 text-quiet">{words.party.cancelledBy[party.cancelledBy]}</p>
        )}
      </div>
      {party.entry && party.entry.tags.length > 0 && (
        <p className="-mt-2 flex flex-wrap gap-1.5">
          <GuestTags tags={party.entry.tags} />
        </p>
      )}
      {party.leftByDayCut && <p className="-mt-3 text-17 text-quiet">{words.party.leftByDayCut}</p>}
      {obstruction && (
        <StatusMessage tone="waiting" title={describeObstruction(obstruction)}>
          {describeInstead(obstruction)}
        </StatusMessage>
      )}
      {isCheckedIn && serviceDate !== today && (
        <StatusMessage
          tone="waiting"
          title={fillIn(words.checkIn.OTHER_DATE, {
            date: formatDate(serviceDate),
            running: formatDate(today),
          })}
        />
      )}
      {isCheckedIn && !awaitsStaff && (
        <StatusMessage
          tone={party.status === 'CONFIRMED' ? 'confirmed' : 'waiting'}
          title={words.checkIn[party.status]}
        />
      )}
      <Waiting acts={queued.filter((act) => act.isTold)} isWalkIn={party.walkIn} />
      {allergies && <Allergies text={allergies} />}
      {acts.length === 0 && <p className="text-quiet">{words.party.done}</p>}
      <PartyActs
        party={party}
        acts={acts}
        moves={moves}
        lateCall={serviceDate === today && isExpected(projected) && <LateCall party={party} />}
      />
      <PartyFacts party={party} />
      <StaffNote party={party} />
      {hasPerson && (
        <GuestCard
          entryId={party.entry?.id ?? null}
          party={{ reservationId: party.reservationId }}
        />
      )}
    </SidePanel>
  )
}
