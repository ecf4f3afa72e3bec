'use client'

import type { ReactNode } from 'react'
import { useServerNow } from '@/components/ui/client/use-server-now'
import { formatLength } from '@/lib/i18n/moment'

/** The one number that matters now, with its meaning. It takes the same space in every state. */
export function Hero({
  label,
  number,
  caption,
  children,
}: {
  label: ReactNode
  number: ReactNode
  caption?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="flex flex-col gap-2 text-center">
      <p className="text-20 font-semibold">{label}</p>
      <p className="min-h-22 text-72 leading-tight font-bold tabular-nums max-[359px]:text-44">
        {number}
      </p>
      {children}
      {caption && <p className="min-h-6 text-17 text-quiet tabular-nums">{caption}</p>}
    </div>
  )
}

/** Counts down to an instant by the database's clock. */
export function Countdown({
  at,
  label,
  isShort = false,
}: {
  at: string
  label: string
  /** Minutes and seconds only. */
  isShort?: boolean
}) {
  const nowMs = useServerNow()
  if (nowMs === null) return null
  const length = formatLength(Date.parse(at) - nowMs)
  return (
    <span role="timer" aria-label={label}>
      {isShort ? length.replace(/^00:0?/, '') : length}
    </span>
  )
}

/** The elapsed share of a wait: a thin visual line, which the words state more precisely. */
export function WaitLine({ fromAt, untilMs }: { fromAt: string; untilMs: number }) {
  const nowMs = useServerNow({ everyMs: 1_000 })
  const fromMs = Date.parse(fromAt)
  const share = nowMs === null ? 0 : (nowMs - fromMs) / Math.max(1, untilMs - fromMs)
  return (
    <div aria-hidden="true" className="my-1 h-1 overflow-hidden rounded-full bg-line">
      <div
        className="h-full origin-left rounded-full bg-accent transition-transform duration-1000 ease-linear"
        style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }}
      />
    </div>
  )
}
