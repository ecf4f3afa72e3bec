import { useMemo } from 'react'
import { fillIn } from '@/components/ui/words'
import { plotBookings } from '@/domain/proof/rules'
import type { LogFacts } from '@/domain/proof/schema'
import type { Messages } from '@/lib/i18n/messages'
import { formatSeconds } from '@/lib/i18n/moment'
import type { Verified } from './use-verifier'

const SIDE = 100
const [DOT, OWN_DOT] = [1.1, 2.2]

/**
 * Each booking made during the gate as a dot: across when its turn came, upwards when it was made.
 * What was booked before its turn would lie below the diagonal.
 */
export function TurnPlot({
  facts,
  log: { turns, bookings },
  own,
  timeZone,
  words,
}: {
  facts: LogFacts
  log: Pick<Verified, 'turns' | 'bookings'>
  /** The visitor's own entry, if known. */
  own: string | null
  timeZone: string
  words: Messages['proof']['plot']
}) {
  const { drawnAt, announcement } = facts
  const { gateUntil } = announcement
  const dots = useMemo(
    () => plotBookings({ turns, bookings, drawnAt, gateUntil }),
    [turns, bookings, drawnAt, gateUntil],
  )
  const spanMs = Math.max(1_000, ...dots.map(({ turnMs, bookedMs }) => Math.max(turnMs, bookedMs)))
  const early = dots.filter(({ isEarly }) => isEarly).length
  const said = early === 0 ? words.none : fillIn(words.some, { count: early })
  const place = (ms: number) => (Math.max(0, ms) / spanMs) * SIDE
  const time = (ms: number) =>
    formatSeconds({ at: new Date(Date.parse(drawnAt) + ms).toISOString(), timeZone })
  const [first, last] = [time(0), time(spanMs)]
  const labels = 'flex justify-between text-15 text-quiet tabular-nums'
  return (
    <figure className="flex w-full max-w-[440px] flex-col gap-1">
      <figcaption className="pb-2">
        {words.lead} <span className={early > 0 ? 'text-refusal' : ''}>{said}</span>
      </figcaption>
      <p aria-hidden className={labels}>
        <span>{fillIn(words.up, { time: last })}</span>
      </p>
      <div className="relative aspect-square rounded-small border border-line bg-raised">
        <svg
          role="img"
          aria-label={said}
          viewBox={`0 0 ${SIDE} ${SIDE}`}
          className="size-full overflow-visible"
        >
          <polygon points={`0,${SIDE} ${SIDE},${SIDE} ${SIDE},0`} className="fill-line" />
          {dots.map(({ slot, entry, turnMs, bookedMs, isEarly }) => {
            const isOwn = entry === own
            const colour = isEarly ? 'fill-refusal' : 'fill-confirmed'
            return (
              <circle
                key={`${slot} ${bookedMs}`}
                cx={place(turnMs)}
                cy={SIDE - place(bookedMs)}
                r={isOwn ? OWN_DOT : DOT}
                className={isOwn ? 'fill-accent' : colour}
              />
            )
          })}
        </svg>
        <span
          aria-hidden
          className="absolute right-3 bottom-2 rounded-small bg-line px-1 text-15 text-quiet"
        >
          {words.before}
        </span>
      </div>
      <p aria-hidden className={labels}>
        <span>{first}</span>
        <span>{fillIn(words.across, { time: last })}</span>
      </p>
      <p className="min-h-6 text-15">{dots.some(({ entry }) => entry === own) && words.own}</p>
    </figure>
  )
}
