'use client'

import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import type { TimeScale } from '@/domain/floor/grid.rules'
import { placeInstant } from '@/domain/floor/grid.rules'

/** The times above the board, for sighted staff only: each cell announces its own times. */
export function TimeAxis({
  scale,
  ticks,
  nowMs,
  staleAt,
}: {
  scale: TimeScale
  ticks: string[]
  nowMs: number
  /** Null: the board is live. */
  staleAt: string | null
}) {
  const { words, formatTime, readTime } = useWords()
  const now = placeInstant({ scale, atMs: nowMs })
  return (
    <div aria-hidden="true" className="sticky top-0 z-20 flex h-10 bg-paper">
      <div className="sticky left-0 z-10 flex w-(--head) shrink-0 items-center bg-paper leading-tight font-bold tabular-nums">
        {staleAt ? (
          <span className="text-15 text-waiting">
            {fillIn(words.live.stale, { time: formatTime(staleAt) })}
          </span>
        ) : (
          <span className="text-20 text-accent">{now !== null && formatTime(nowMs)}</span>
        )}
      </div>
      <div className="relative grow">
        {ticks.map((tick) => {
          const { time, next } = readTime(tick)
          return (
            <span
              key={tick}
              className="absolute bottom-1 pl-0.5 text-17 leading-tight text-quiet tabular-nums"
              style={{ left: `${placeInstant({ scale, atMs: Date.parse(tick) })}%` }}
            >
              {next && <span className="block text-15 leading-none whitespace-nowrap">{next}</span>}
              {time}
            </span>
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
