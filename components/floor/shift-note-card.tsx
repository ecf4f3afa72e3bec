'use client'

import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { useBoardControls, useBoardLive } from './state/board-context'
import { useReadNote } from './state/use-read-note'
import { useWords } from './words/use-words'

/** What the shift before tells this one, until somebody at this tablet has read it. */
export function ShiftNoteCard() {
  const { words, formatTime } = useWords()
  const { openPanel } = useBoardControls()
  const { day } = useBoardLive()
  const { shiftNote, restaurantId, serviceDate } = day
  const version = shiftNote?.version ?? 0
  const [isRead, markRead] = useReadNote({ of: `${restaurantId} ${serviceDate}`, version })
  if (!shiftNote?.text || isRead) return null
  const { text, by, at } = shiftNote
  return (
    <section
      aria-label={words.shiftNote.title}
      className="mb-2 flex flex-col gap-2 rounded-small border-2 border-accent bg-raised p-4 print:hidden"
    >
      <p className="font-semibold whitespace-pre-line">{text}</p>
      {at && (
        <p className="text-15 text-quiet tabular-nums">
          {fillIn(words.shiftNote.by, {
            name: by ?? words.shiftNote.formerStaff,
            time: formatTime(at),
          })}
        </p>
      )}
      <div className="grid grid-cols-2 gap-2">
        <Button size="large" tone="outline" onClick={() => openPanel({ kind: 'SHIFT_NOTE' })}>
          {words.shiftNote.edit}
        </Button>
        <Button size="large" onClick={markRead}>
          {words.shiftNote.read}
        </Button>
      </div>
    </section>
  )
}
