'use client'

import clsx from 'clsx'
import { type Ref, useRef } from 'react'
import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import type { TimeScale } from '@/domain/floor/axis.rules'
import { listTicks, placeInstant } from '@/domain/floor/axis.rules'
import type { DaySlot } from '@/domain/floor/schema'
import { useLabelRoom } from './use-label-room'
import { useWholeLabels } from './use-whole-labels'

/** Most devices draw a label less wide than this. */
const LABEL_PX = 72

/** A start time, or with a `place` of null the unseen one that shows how wide they are. */
function TimeLabel({
  time,
  next,
  place,
  ref,
}: {
  time: string
  next: string | null
  place: number | null
  ref?: Ref<HTMLSpanElement>
}) {
  return (
    <span
      ref={ref}
      data-tick={place === null ? undefined : time}
      className={clsx(
        'absolute bottom-1 pl-0.5 text-17 leading-tight whitespace-nowrap text-quiet tabular-nums transition-opacity data-cut:opacity-0',
        place === null && 'invisible',
      )}
      style={{ left: `${place ?? 0}%` }}
    >
      {next && <span className="block text-15 leading-none">{next}</span>}
      {time}
    </span>
  )
}

/** The times above the board, for sighted staff only: each cell announces its own times. */
export function TimeAxis({
  scale,
  slots,
  leastPx,
  nowMs,
  staleAt,
}: {
  scale: TimeScale
  slots: DaySlot[]
  /** The axis is at least this wide. */
  leastPx: number
  nowMs: number
  /** Null: the board is live. */
  staleAt: string | null
}) {
  const { words, formatTime, readTime } = useWords()
  const axis = useRef<HTMLDivElement>(null)
  const ruler = useRef<HTMLSpanElement>(null)
  const apart = useLabelRoom({ axis, label: ruler, first: (LABEL_PX / leastPx) * 100 })
  const head = useRef<HTMLDivElement>(null)
  const now = placeInstant({ scale, atMs: nowMs })
  const ticks = listTicks({
    scale,
    slots,
    apart,
    readMinute: (at) => Number(formatTime(at).split(':')[1]),
  })
  useWholeLabels({ axis, head, shown: ticks.join() })
  const last = slots.at(-1)
  return (
    <div aria-hidden="true" className="sticky top-0 z-20 flex h-10 bg-paper">
      <div
        ref={head}
        className="sticky left-0 z-10 flex w-(--head) shrink-0 items-center bg-paper leading-tight font-bold tabular-nums"
      >
        {staleAt ? (
          <span className="text-15 text-waiting">
            {fillIn(words.live.stale, { time: formatTime(staleAt) })}
          </span>
        ) : (
          <span className="text-20 text-accent">{now !== null && formatTime(nowMs)}</span>
        )}
      </div>
      <div ref={axis} className="relative grow">
        {/* The last start is the one that may be of the next day, and so the widest. */}
        {last && <TimeLabel ref={ruler} {...readTime(last.startsAt)} place={null} />}
        {ticks.map((tick, index) => {
          const before = ticks[index - 1]
          const { time, next } = readTime(tick)
          // Midnight is passed once.
          const isMarked = before === undefined || readTime(before).next === null
          return (
            <TimeLabel
              key={tick}
              time={time}
              next={isMarked ? next : null}
              place={placeInstant({ scale, atMs: Date.parse(tick) })}
            />
          )
        })}
        {now !== null && (
          <span
            className="absolute -bottom-1 size-3 -translate-x-1/2 rounded-full bg-accent"
            style={{ left: `${now}%` }}
          />
        )}
      </div>
    </div>
  )
}

/** The present as a thin line through all tables. Null outside the service. */
export function NowLine({ scale, nowMs }: { scale: TimeScale; nowMs: number }) {
  const now = placeInstant({ scale, atMs: nowMs })
  if (now === null) return null
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 right-0 left-(--head) z-5"
    >
      <div
        data-now-line
        className="absolute inset-y-0 w-0.5 -translate-x-px bg-accent"
        style={{ left: `${now}%` }}
      />
    </div>
  )
}
