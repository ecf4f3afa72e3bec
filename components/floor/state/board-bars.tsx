'use client'

import { ActBars } from '@/components/floor/queue/act-bars'
import { QueueBar } from '@/components/floor/queue/queue-bar'
import { useBoardControls, useBoardLive, useBoardView } from './board-context'

/** Outcomes of the latest acts, and acts without an answer; nothing ever covers them. */
export function BoardBars() {
  const { undo, dropBar, takeBack } = useBoardControls()
  const { bars } = useBoardLive()
  const view = useBoardView()
  return (
    <ActBars bars={bars} pending={view.pending} onUndo={undo} onClose={dropBar}>
      <QueueBar acts={view.queued} day={view} onTakeBack={takeBack} />
    </ActBars>
  )
}
