import { followSnapshot, type SnapshotNews } from '@/components/ui/snapshot-feed'
import type { Board } from '@/domain/board/types'

export type BoardNews = SnapshotNews<Board>

/** Follows one public board. Returns how to stop, and how to ask at once. */
export function followBoard(told: {
  url: string
  onNews: (news: BoardNews) => void
  onFailure: () => void
}) {
  return followSnapshot<Board>({ ...told, needsTime: ({ state }) => state === 'NOT_OPEN_YET' })
}
