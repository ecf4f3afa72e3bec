import type { PlanFrame } from '@/components/restaurant/floor-plan/plan-frame'
import type { TablePlace } from '@/domain/restaurant/floor-plan.schema'

/** Tables that were pushed together for one party, joined by a band; each one's label names the party. */
export function Joints({
  joined,
  places,
  frame: { left, top, columns, rows, cell },
}: {
  joined: number[][]
  places: readonly TablePlace[]
  frame: PlanFrame
}) {
  const centreOf = (number: number) => {
    const place = places.find(({ tableNumber }) => tableNumber === number)
    return place && `${(place.x - left + 0.5) * cell.width},${(place.y - top + 0.58) * cell.height}`
  }
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 text-confirmed"
      width={columns * cell.width}
      height={rows * cell.height}
    >
      {joined.map((numbers) => (
        <polyline
          key={numbers.join(' ')}
          points={numbers.flatMap((number) => centreOf(number) ?? []).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth={20}
          strokeLinejoin="round"
        />
      ))}
    </svg>
  )
}
