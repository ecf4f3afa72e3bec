'use client'

import { useState } from 'react'
import { changeKeyOf } from '@/components/floor/queue/use-acts'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useClosureWords } from '@/components/floor/words/use-closure-words'
import { useWords } from '@/components/floor/words/use-words'
import { useBoardWords } from '@/components/floor/words/words-provider'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { readReopening } from '@/domain/floor/closing-time.rules'
import type { TableClosure, TouchedParty } from '@/domain/floor/table-closure.schema'
import { formatTime } from '@/lib/i18n/moment'
import { SidePanel } from './side-panel'
import { type Outcome, useClosures } from './use-closures'

/** Accepts proposals: each is the ordinary change of its reservation, with its own undo. */
function useMoves() {
  const { changeParty } = useBoardControls()
  return ({ reservationId, sequence, move }: TouchedParty) => {
    if (!move) return
    const { startsAt, tableNumbers, isOtherTime } = move
    void changeParty(
      { reservationId },
      { tableNumbers, sequence, ...(isOtherTime && { startsAt }) },
    )
  }
}

function Touched({ party }: { party: TouchedParty }) {
  const { words, nameTime, nameMoment, sizeParty } = useWords()
  const board = useBoardWords()
  const { openPanel } = useBoardControls()
  const { pending, parties } = useBoardView()
  const accept = useMoves()
  const { reservationId, name, move, startsAt, serviceDate, tableNumbers, status } = party
  const isOnBoard = parties.some((shown) => shown.reservationId === reservationId)
  const isSitting = status === 'SEATED'
  return (
    <li className="flex flex-col gap-2 border-t border-line pt-3">
      <p className="font-semibold tabular-nums">
        {fillIn(words.closing.party, {
          time:
            serviceDate === board.serviceDate
              ? nameTime(startsAt)
              : nameMoment({ at: startsAt, serviceDate }),
          name: name ?? words.party.nameless,
          size: sizeParty(party),
        })}
        <span className="block text-15 font-normal text-quiet">
          {fillIn(words.closing.at, { tables: tableNumbers.join(', ') })}
        </span>
      </p>
      {move ? (
        <Button
          size="large"
          isWide
          disabled={pending.has(changeKeyOf(party))}
          onClick={() => accept(party)}
        >
          {fillIn(move.isOtherTime ? words.closing.moveLater : words.closing.moveHere, {
            time: nameTime(move.startsAt, serviceDate),
            tables: move.tableNumbers.join(', '),
          })}
        </Button>
      ) : (
        <p className="text-quiet">{isSitting ? words.closing.sitting : words.closing.noMove}</p>
      )}
      {move?.isOtherTime && <p className="text-15 text-quiet">{words.closing.told}</p>}
      {!isSitting && isOnBoard && (
        <Button
          size="large"
          tone="outline"
          isWide
          onClick={() => openPanel({ kind: 'CHANGE', reservationId, slotId: null })}
        >
          {words.closing.byHand}
        </Button>
      )}
    </li>
  )
}

function ReopenEarlier({
  closure,
  isRunning,
  onEnd,
}: {
  closure: TableClosure
  isRunning: boolean
  onEnd: (to: string) => void
}) {
  const { words, readTime } = useWords()
  const { timeZone } = useBoardWords()
  const { nowMs } = useBoardView()
  const present = formatTime({ at: closure.to, timeZone })
  const [wall, setWall] = useState(present)
  const to = readReopening({ closure, wall, timeZone, nowMs })
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 items-end gap-3">
        <TextField
          label={words.closing.shortenTo}
          type="time"
          value={wall}
          className="min-h-16 text-20 tabular-nums"
          onChange={(event) => setWall(event.target.value)}
        />
        <Button
          size="large"
          tone="outline"
          disabled={isRunning || to === null}
          onClick={() => to && onEnd(to)}
        >
          {words.closing.shorten}
        </Button>
      </div>
      {to === null && wall !== present && (
        <p className="text-refusal">{fillIn(words.closing.badEnd, { to: present })}</p>
      )}
      {to !== null && <p className="text-quiet empty:hidden">{readTime(to).next}</p>}
    </div>
  )
}

function Closure({
  closure,
  onEnd,
}: {
  closure: TableClosure
  onEnd: (closureId: string, to: string | null) => Promise<Outcome>
}) {
  const { words } = useWords()
  const { pending } = useBoardView()
  const accept = useMoves()
  const nameClosure = useClosureWords()
  const [isRunning, setIsRunning] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const { id, parties } = closure
  const movable = parties.filter((party) => party.move && !pending.has(changeKeyOf(party)))
  const end = async (to: string | null) => {
    setIsRunning(true)
    const ended = await onEnd(id, to)
    setRefused(ended.kind === 'REFUSED' ? ended.title : null)
    setIsRunning(false)
  }
  return (
    <section className="flex flex-col gap-3 [section+&]:border-t [section+&]:border-line [section+&]:pt-5">
      <h3 className="text-20 font-semibold tabular-nums">{nameClosure(closure)}</h3>
      {parties.length === 0 && <p className="text-quiet">{words.closing.nobody}</p>}
      {movable.length > 1 && (
        <Button size="large" isWide onClick={() => movable.forEach(accept)}>
          {fillIn(words.closing.all, { count: movable.length })}
        </Button>
      )}
      <ul className="flex flex-col gap-3">
        {parties.map((party) => (
          <Touched key={party.reservationId} party={party} />
        ))}
      </ul>
      <LiveArea className="empty:hidden">
        {refused && <StatusMessage tone="refusal" title={refused} />}
      </LiveArea>
      <ReopenEarlier closure={closure} isRunning={isRunning} onEnd={end} />
      <Button size="large" tone="outline" isWide disabled={isRunning} onClick={() => end(null)}>
        {words.closing.reopen}
      </Button>
    </section>
  )
}

/** What is closed, and the parties there: moved one by one or together; and the way to open it again. */
export function ClosuresPanel() {
  const { words } = useWords()
  const { openPanel } = useBoardControls()
  const { closures, isLost, end } = useClosures()
  return (
    <SidePanel title={words.closing.listTitle}>
      {isLost && <StatusMessage tone="refusal" title={words.closing.lost} />}
      {!closures && !isLost && <p className="text-quiet">{words.closing.loading}</p>}
      {closures?.length === 0 && <p className="text-quiet">{words.closing.none}</p>}
      {closures?.map((closure) => (
        <Closure key={closure.id} closure={closure} onEnd={end} />
      ))}
      <Button
        size="large"
        tone="outline"
        isWide
        onClick={() => openPanel({ kind: 'CLOSE_TABLES' })}
      >
        {words.closing.open}
      </Button>
    </SidePanel>
  )
}
