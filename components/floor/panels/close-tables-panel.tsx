'use client'

import { useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { useBoardWords } from '@/components/floor/words/words-provider'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { readClosing } from '@/domain/floor/closing-time.rules'
import type { Area } from '@/domain/restaurant/table-group.schema'
import { formatTime } from '@/lib/i18n/moment'
import { SidePanel } from './side-panel'
import { useClosing } from './use-closures'

const LONGEST_REASON = 100

const pressed =
  'px-3! text-17! tabular-nums aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper'

type Chosen = { areaId: string | null; tableNumbers: number[] }

/** One area, or tables; a tap on one leaves the other. */
function WhatToClose({
  areas,
  chosen: { areaId, tableNumbers },
  onChoose,
}: {
  areas: Area[]
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
}) {
  const { words } = useWords()
  const { tables } = useBoardView()
  const toggle = (number: number) =>
    tableNumbers.includes(number)
      ? tableNumbers.filter((other) => other !== number)
      : [...tableNumbers, number]
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="mb-1.5 font-medium">{words.closing.what}</legend>
      {areas.map(({ id, name, tableNumbers: inArea }) => (
        <Button
          key={id}
          size="large"
          tone="outline"
          aria-pressed={id === areaId}
          className={pressed}
          onClick={() => onChoose({ areaId: id === areaId ? null : id, tableNumbers: [] })}
        >
          {fillIn(words.closing.area, { name, count: inArea.length })}
        </Button>
      ))}
      {tables.map(({ number }) => (
        <Button
          key={number}
          size="large"
          tone="outline"
          aria-pressed={tableNumbers.includes(number)}
          className={pressed}
          onClick={() => onChoose({ areaId: null, tableNumbers: toggle(number) })}
        >
          {fillIn(words.closing.table, { number })}
        </Button>
      ))}
    </fieldset>
  )
}

/** From now, or from the first time of a date to come, until its last table is free. */
function useTimes() {
  const { slots, nowMs } = useBoardView()
  const { timeZone, dayCutMinutes, serviceDate } = useBoardWords()
  const starts = slots.map(({ startsAt }) => Date.parse(startsAt))
  const ends = slots.map(({ endsAt }) => Date.parse(endsAt))
  const firstMs = Math.max(nowMs, Math.min(...starts))
  const lastMs = Math.max(...ends, firstMs + 3_600_000)
  const show = (at: number) => formatTime({ at, timeZone })
  const [from, setFrom] = useState(show(Number.isFinite(firstMs) ? firstMs : nowMs))
  const [to, setTo] = useState(show(Number.isFinite(lastMs) ? lastMs : nowMs + 3_600_000))
  const day = { serviceDate, timeZone, dayCutMinutes }
  return { from, setFrom, to, setTo, times: readClosing({ day, from, to }) }
}

/** Closes an area or tables for a while of the board's date. */
export function CloseTablesPanel() {
  const { words, readTime } = useWords()
  const { openPanel } = useBoardControls()
  const { areas, close } = useClosing()
  const { from, setFrom, to, setTo, times } = useTimes()
  const [chosen, setChosen] = useState<Chosen>({ areaId: null, tableNumbers: [] })
  const [reason, setReason] = useState('')
  const [isRunning, setIsRunning] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const area = areas.find(({ id }) => id === chosen.areaId)
  const count = area?.tableNumbers.length ?? chosen.tableNumbers.length
  const send = async () => {
    if (!times || count === 0) return
    setIsRunning(true)
    const what = area ? { areaId: area.id } : { tableNumbers: chosen.tableNumbers }
    const answer = await close({ ...what, ...times, reason: reason.trim() || null })
    setIsRunning(false)
    setRefused(answer.kind === 'REFUSED' ? answer.title : null)
    if (answer.kind === 'DONE') openPanel({ kind: 'CLOSURES' })
  }
  const field = { type: 'time', className: 'min-h-16 text-20 tabular-nums' } as const
  return (
    <SidePanel title={words.closing.title}>
      <p className="text-quiet">{words.closing.text}</p>
      <WhatToClose areas={areas} chosen={chosen} onChoose={setChosen} />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          {...field}
          label={words.closing.from}
          hint={times && readTime(times.from).next}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          {...field}
          label={words.closing.to}
          hint={times && readTime(times.to).next}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </div>
      <TextField
        label={words.closing.reason}
        hint={words.closing.reasonHint}
        value={reason}
        maxLength={LONGEST_REASON}
        onChange={(event) => setReason(event.target.value)}
      />
      <LiveArea className="empty:hidden">
        {refused && <StatusMessage tone="refusal" title={refused} />}
      </LiveArea>
      {!times && <p className="text-refusal">{words.closing.badTimes}</p>}
      <Button size="large" isWide disabled={isRunning || !times || count === 0} onClick={send}>
        {count === 0 ? words.closing.choose : fillIn(words.closing.confirm, { count })}
      </Button>
    </SidePanel>
  )
}
