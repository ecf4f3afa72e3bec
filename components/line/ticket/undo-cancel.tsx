'use client'

import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/client/use-server-now'
import { fillIn } from '@/components/ui/words'
import type { TicketWords } from './words'

/** Ten seconds to take the place back; the focus moves here because its old button is gone. */
export function UndoCancel({
  untilMs,
  isRunning,
  onUndo,
  onOver,
  words,
}: {
  untilMs: number
  isRunning: boolean
  onUndo: () => void
  onOver: () => void
  words: TicketWords['ticket']
}) {
  const nowMs = useServerNow()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const leftMs = nowMs === null ? null : untilMs - nowMs
  const isOver = leftMs !== null && leftMs <= 0 && !isRunning
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  const seconds = leftMs === null ? 10 : Math.max(0, Math.ceil(leftMs / 1000))
  return (
    <div className="flex flex-col gap-2 rounded-card border-2 border-ink bg-raised p-4">
      <Button ref={button} size="large" isWide disabled={isRunning} onClick={onUndo}>
        {words.undo}
      </Button>
      <p className="text-center text-15 tabular-nums">
        <span className="sr-only">{words.undoSpoken}</span>
        <span aria-hidden="true">{fillIn(words.undoLeft, { seconds })}</span>
      </p>
    </div>
  )
}
