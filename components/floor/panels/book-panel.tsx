'use client'

import { useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/components/ui/client/ask'
import { fillIn } from '@/components/ui/words'
import type { GuestBooking } from '@/domain/booking/schema'
import { PlaceFields, usePlace } from './book-place'
import { type Caller, CallerFields, noCaller } from './caller-fields'
import { SidePanel } from './side-panel'
import { SizePad } from './size-pad'
import { insistable, useCallerBooking } from './use-caller-booking'

function guestOf({ id, name, phone, email, locale }: Caller): GuestBooking['guest'] {
  if (id !== null) return { id }
  return {
    name: name.trim(),
    phone: phone.trim() || undefined,
    ...(email.trim() && { email: email.trim() }),
    locale,
  }
}

/** The board's own words for what diners are told in theirs; others are told as they are. */
function useRefusalWords({ reason, title }: Problem): string | null {
  const { words } = useWords()
  const { refused } = words.phone
  return reason !== null && hasKey(refused, reason) ? refused[reason] : title
}

const hasKey = <Words extends object>(words: Words, key: PropertyKey): key is keyof Words =>
  key in words

function Refused({ problem, onInsist }: { problem: Problem; onInsist: () => void }) {
  const { words } = useWords()
  const told = useRefusalWords(problem)
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-refusal">{told}</p>
      {insistable.some((reason) => reason === problem.reason) && (
        <Button size="large" tone="outline" isWide onClick={onInsist}>
          {words.phone.insist}
        </Button>
      )}
    </div>
  )
}

/** A booking for somebody on the phone: party, time and table are set, who it is gets typed. */
export function BookPanel({ slotId }: { slotId: string | null }) {
  const { words, formatDate } = useWords()
  const { blockSlot, openPanel } = useBoardControls()
  const { serviceDate } = useBoardView()
  const [partySize, setPartySize] = useState(2)
  const [caller, setCaller] = useState<Caller>(noCaller)
  const place = usePlace({ slotId, partySize })
  const { startsAt, minutes, table, isGone } = place
  const { answer, book } = useCallerBooking()
  const isSending = answer.kind === 'SENDING'
  const isNameless = caller.name.trim() === ''
  const isTight = table !== null && table.maxParty < partySize
  const send = (override = false) => {
    if (startsAt === null || table === null) return
    const hasMail = caller.email.trim() !== ''
    void book({
      name: caller.name.trim(),
      serviceDate,
      startsAt,
      ...(minutes !== null && { minutes }),
      partySize,
      tableNumbers: [table.tableNumber],
      guest: guestOf(caller),
      note: caller.note.trim() || undefined,
      allergies: caller.allergies.trim() || undefined,
      source: caller.source,
      notify: hasMail && caller.notify,
      override,
    })
  }
  return (
    <SidePanel title={words.phone.title}>
      <p className="-mt-3 text-quiet">
        {fillIn(words.phone.date, { date: formatDate(serviceDate) })}
      </p>
      <PlaceFields place={place} />
      <SizePad size={partySize} onChange={setPartySize} />
      <CallerFields caller={caller} change={setCaller} />
      {slotId !== null && (
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
      )}
      <div
        data-stays-below
        className="sticky bottom-0 -mx-5 mt-auto -mb-5 flex flex-col gap-2 border-t border-line bg-raised p-5"
      >
        <div role="status" className="flex flex-col gap-1 text-15 empty:hidden">
          {isGone && <p className="font-medium text-refusal">{words.phone.gone}</p>}
          {isTight && (
            <p className="text-waiting">{fillIn(words.phone.tight, { seats: table.maxParty })}</p>
          )}
          {answer.kind === 'UNKNOWN' && <p className="font-medium">{words.phone.unknown}</p>}
          {answer.kind === 'REFUSED' && (
            <Refused problem={answer.problem} onInsist={() => send(true)} />
          )}
        </div>
        <Button
          size="large"
          isWide
          disabled={isSending || isNameless || table === null}
          onClick={() => send()}
        >
          {isNameless ? words.phone.nameFirst : fillIn(words.phone.confirm, { count: partySize })}
        </Button>
      </div>
    </SidePanel>
  )
}
