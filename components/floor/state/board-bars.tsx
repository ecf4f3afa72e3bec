'use client'

import { ActBars } from '@/components/floor/queue/act-bars'
import { OtherDateDialog } from '@/components/floor/queue/other-date-dialog'
import { QueueBar } from '@/components/floor/queue/queue-bar'
import { useBoardControls, useBoardLive, useBoardView } from './board-context'

/** Outcomes of the latest acts, and acts without an answer; nothing ever covers them. */
export function BoardBars() {
  const { undo, dropBar, takeBack, insist, insistOnAct, leaveDoubt } = useBoardControls()
  const { bars, doubt } = useBoardLive()
  const view = useBoardView()
  return (
    <ActBars
      bars={bars}
      day={view}
      pending={view.pending}
      onUndo={undo}
      onInsist={insistOnAct}
      onClose={dropBar}
    >
      <QueueBar acts={view.queued} day={view} onTakeBack={takeBack} />
      {doubt && (
        <OtherDateDialog doubt={doubt} today={view.today} onInsist={insist} onLeave={leaveDoubt} />
      )}
    </ActBars>
  )
}
