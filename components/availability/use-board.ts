'use client'

import { useServerNow } from '@/components/ui/client/use-server-now'
import { type LiveSnapshot, useSnapshot } from '@/components/ui/client/use-snapshot'
import type { Board } from '@/domain/availability/board.schema'

export type LiveBoard = Omit<LiveSnapshot<Board>, 'snapshot' | 'heardAtMs'> & {
  /** The page's own board until the first answer; null while another date loads. */
  board: Board | null
  /** By the database's clock, for the names of days. Undefined until an answer has carried it. */
  nowMs: number | undefined
}

const LOOK_AGAIN_MS = 20_000

const runsCountdown = ({ state }: Board) => state === 'NOT_OPEN_YET'

/** Follows the public board of a service date; a `date` of null is the restaurant's today. */
export function useBoard({
  restaurantId,
  date,
  initial,
}: {
  restaurantId: string
  date: string | null
  initial: Board | null
}): LiveBoard {
  const nowMs = useServerNow({ everyMs: LOOK_AGAIN_MS }) ?? undefined
  const query = date ? `?date=${date}` : ''
  const { snapshot: board, ...live } = useSnapshot<Board>({
    url: `/api/v1/restaurants/${restaurantId}/board${query}`,
    initial: date === null ? initial : null,
    needsTime: runsCountdown,
  })
  return { board, ...live, nowMs }
}
