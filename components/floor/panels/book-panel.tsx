'use client'

import { useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useObstructionWords } from '@/components/floor/words/use-obstruction-words'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/components/ui/client/ask'
import { readFieldProblems } from '@/components/ui/field-problems'
import { fillIn } from '@/components/ui/words'
import type { GuestBooking } from '@/domain/booking/schema'
import { canInsist } from '@/domain/floor/insist.rules'
import { isAnotherTableNow } from '@/domain/floor/phone.rules'
import { readNumbers } from '@/domain/floor/queue.rules'
import { findSitting } from '@/domain/floor/walk-in.rules'
import { type Caller, CallerFields, noCaller } from './caller-fields'
import { PlaceFields } from './place-fields'
import { SidePanel } from './side-panel'
import { SizePad } from './size-pad'
import { useCallerBooking } from './use-caller-booking'
import { useConfirmWords } from './use-confirm-words'
import { type Place, usePlace } from './use-place'

function guestOf({ id, name, phone, email, locale }: Caller): GuestBooking['guest'] {
  if (id !== null) return { id }
  return {
    name: name.trim(),
    phone: phone.trim() || undefined,
    ...(email.trim() && { email: email.trim() }),
    locale,
  }
}

/** What the service is asked for. Null: a time or a table is missing. */
function wishFor({
  place: { date, startsAt, minutes, chosen },
  caller,
  partySize,
}: {
  place: Place
  caller: Caller
  partySize: number
}): GuestBooking | null {
  if (startsAt === null || chosen.length === 0) return null
  return {
    serviceDate: date,
    startsAt,
    ...(minutes !== null && { minutes }),
    partySize,
    tableNumbers: chosen,
    guest: guestOf(caller),
    note: caller.note.trim() || undefined,
    allergies: caller.allergies.trim() || undefined,
    source: caller.source,
    notify: caller.email.trim() !== '' && caller.notify,
  }
}

const hasKey = <Words extends object>(words: Words, key: PropertyKey): key is keyof Words =>
  key in words

/** The board's own words for what diners are told in theirs; others are told as they are. */
function Refused({ problem, onInsist }: { problem: Problem; onInsist: () => void }) {
  const { phone } = useWords().words
  const { refuseSeat } = useObstructionWords()
  const day = useBoardView()
  const { reason, title, body } = problem
  const sitting =
    reason === 'table-occupied'
      ? findSitting({ day, tableNumbers: readNumbers(body.tableNumbers) })
      : null
  if (sitting) return <p className="font-medium text-refusal">{refuseSeat(sitting)}</p>
  const told = reason !== null && hasKey(phone.refused, reason) ? phone.refused[reason] : title
  const name = typeof body.name === 'string' ? body.name : ''
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-refusal">{told && fillIn(told, { name })}</p>
      {canInsist(reason) && (
        <Button size="large" tone="outline" isWide onClick={onInsist}>
          {phone.insist}
        </Button>
      )}
    </div>
  )
}

/** What else a tapped cell is for. */
function OtherUses({ slotId }: { slotId: string }) {
  const { words } = useWords()
  const { blockSlot, openPanel } = useBoardControls()
  return (
    <div className="grid grid-cols-2 gap-2">
      <Button
        size="large"
        tone="outline"
        onClick={() => openPanel({ kind: 'WALK_IN', slotIds: [slotId] })}
      >
        {words.walkIn.open}
      </Button>
      <Button size="large" tone="outline" onClick={() => blockSlot(slotId, true)}>
        {words.block.on}
      </Button>
    </div>
  )
}

/** A booking for somebody on the phone: party, day, time and table are set, who it is gets typed. */
export function BookPanel({ slotId }: { slotId: string | null }) {
  const { words } = useWords()
  const { phone } = words
  const [partySize, setPartySize] = useState(2)
  const [caller, setCaller] = useState<Caller>(noCaller)
  const place = usePlace({ slotId, partySize })
  const tellConfirm = useConfirmWords()
  const wish = wishFor({ place, caller, partySize })
  const { answer, book } = useCallerBooking(wish)
  const { chosen, seats } = place
  const problem = answer.kind === 'REFUSED' ? answer.problem : null
  const problems = readFieldProblems(problem && { ...problem, details: problem.body })
  const isNameless = caller.name.trim() === ''
  const isAnotherTable =
    answer.kind === 'REFUSED' &&
    isAnotherTableNow({ reason: answer.problem.reason, refused: answer.refused, proposed: chosen })
  const isTight = chosen.length > 0 && seats < partySize
  return (
    <SidePanel title={phone.title}>
      <div className="grid items-start gap-5 md:max-lg:grid-cols-2">
        <div className="flex flex-col gap-5">
          <SizePad size={partySize} look="flat" onChange={setPartySize} />
          <PlaceFields place={place} partySize={partySize} />
        </div>
        <CallerFields caller={caller} change={setCaller} problems={problems} />
      </div>
      {slotId !== null && <OtherUses slotId={slotId} />}
      <div
        data-stays-below
        className="sticky bottom-0 -mx-5 mt-auto -mb-5 flex flex-col gap-2 border-t border-line bg-raised p-5"
      >
        <div role="status" className="flex flex-col gap-1 text-15 empty:hidden">
          {isAnotherTable && (
            <p className="font-medium text-refusal">
              {fillIn(phone.elsewhere, { tables: chosen.join(', ') })}
            </p>
          )}
          {place.isReplaced && !problem && <p className="font-medium text-refusal">{phone.gone}</p>}
          {isTight && <p className="text-waiting">{fillIn(phone.tight, { seats })}</p>}
          {answer.kind === 'UNKNOWN' && <p className="font-medium">{phone.unknown}</p>}
          {problem && !isAnotherTable && (
            <Refused problem={problem} onInsist={() => void book({ override: true })} />
          )}
        </div>
        <Button
          size="large"
          isWide
          disabled={answer.kind === 'SENDING' || isNameless || wish === null}
          onClick={() => void book({ override: false })}
        >
          {tellConfirm({ place, partySize, isNameless })}
        </Button>
      </div>
    </SidePanel>
  )
}
