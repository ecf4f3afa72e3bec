import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { TableShape } from '@/domain/restaurant/floor-plan.schema'

const shapes: Record<TableShape, string> = {
  ROUND: 'rounded-[50%]',
  SQUARE: 'rounded-small',
  LONG: 'rounded-small',
}
/** How much of its cell a table takes, from side to side. */
const insets: Record<TableShape, string> = { ROUND: 'mx-1', SQUARE: 'mx-[7%]', LONG: '' }

/** More are not told apart at this size. */
const MOST_SEATS = 12

function Seats({ count, isBelow }: { count: number; isBelow: boolean }) {
  return (
    <span
      className={clsx(
        'absolute inset-x-[18%] flex justify-evenly',
        isBelow ? '-bottom-1.5' : '-top-1.5',
      )}
    >
      {Array.from({ length: count }, (_, seat) => seat).map((seat) => (
        <span key={seat} className="h-1 w-3 rounded-full bg-quiet/60" />
      ))}
    </span>
  )
}

/** A table in its shape, with its seats at both sides; they are for eyes only. */
export function PlanTable({
  shape,
  seats,
  look,
  children,
}: {
  shape: TableShape
  seats: number
  look: string
  children: ReactNode
}) {
  const drawn = Math.min(seats, MOST_SEATS)
  return (
    <span className={clsx('relative flex min-w-0 grow', insets[shape])}>
      <span aria-hidden="true">
        <Seats count={Math.ceil(drawn / 2)} isBelow={false} />
        <Seats count={Math.floor(drawn / 2)} isBelow />
      </span>
      {/* The ground of an area must not shine through. */}
      <span className={clsx('flex size-full min-w-0 bg-paper', shapes[shape])}>
        <span
          className={clsx(
            'flex size-full min-w-0 flex-col items-center justify-center overflow-hidden px-1 text-center leading-tight transition-colors',
            shapes[shape],
            look,
          )}
        >
          {children}
        </span>
      </span>
    </span>
  )
}
