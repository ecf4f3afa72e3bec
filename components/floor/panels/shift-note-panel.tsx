'use client'

import { useState } from 'react'
import { useBoardControls, useBoardLive } from '@/components/floor/state/board-context'
import { useStaffAsk } from '@/components/floor/state/use-staff-ask'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { LONGEST_SHIFT_NOTE, type ShiftNote, shiftNote } from '@/domain/floor/shift-note.schema'
import { SidePanel } from './side-panel'

const NONE: ShiftNote = { version: 0, text: null, by: null, at: null }

type Refused = { title: string; present: ShiftNote | null }
type Outcome = { kind: 'SAVED' } | { kind: 'NOT_MADE' } | ({ kind: 'REFUSED' } & Refused)

function useSaving() {
  const { words } = useWords()
  const act = useStaffAsk()
  const { restaurantId, serviceDate } = useBoardLive().day
  return async ({ text, version }: { text: string; version: number }): Promise<Outcome> => {
    const { failed } = words.shiftNote
    const answer = await act<ShiftNote>({
      url: `/api/v1/restaurants/${restaurantId}/shift-note?date=${serviceDate}`,
      method: 'PUT',
      body: { text: text.trim() || null },
      headers: { 'if-match': `"${version}"` },
    })
    if (answer.kind === 'not-made') return { kind: 'NOT_MADE' }
    if (answer.kind === 'problem') {
      const { reason, title, body } = answer.problem
      const present = reason === 'changed-meanwhile' ? shiftNote.safeParse(body.present).data : null
      return { kind: 'REFUSED', title: title ?? failed, present: present ?? null }
    }
    return answer.kind === 'lost'
      ? { kind: 'REFUSED', title: failed, present: null }
      : { kind: 'SAVED' }
  }
}

/** Writes the note of the board's date; a colleague's newer one is shown beside it. */
export function ShiftNotePanel() {
  const { words } = useWords()
  const { closePanel, reload } = useBoardControls()
  const { day } = useBoardLive()
  // As it was when writing began, since polls continue meanwhile.
  const [shown, setShown] = useState<ShiftNote>(day.shiftNote ?? NONE)
  const [text, setText] = useState(shown.text ?? '')
  const [isRunning, setIsRunning] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const save = useSaving()
  const present = refused?.present ?? null
  const send = async (version: number) => {
    setIsRunning(true)
    const answer = await save({ text, version })
    setIsRunning(false)
    setRefused(answer.kind === 'REFUSED' ? answer : null)
    if (answer.kind !== 'SAVED') return
    reload()
    closePanel()
  }
  const keepBoth = ({ text: theirs }: ShiftNote) => {
    setShown(present ?? shown)
    setText(`${theirs ?? ''}\n${text}`.trim().slice(0, LONGEST_SHIFT_NOTE))
    setRefused(null)
  }
  return (
    <SidePanel title={words.shiftNote.title}>
      <TextArea
        label={words.shiftNote.label}
        hint={words.shiftNote.hint}
        value={text}
        maxLength={LONGEST_SHIFT_NOTE}
        rows={5}
        onChange={(event) => setText(event.target.value)}
      />
      <LiveArea className="empty:hidden">
        {refused && (
          <StatusMessage
            tone={present ? 'waiting' : 'refusal'}
            title={present ? words.shiftNote.changed : refused.title}
            actions={
              present && (
                <>
                  <Button size="large" isWide onClick={() => keepBoth(present)}>
                    {words.shiftNote.keepBoth}
                  </Button>
                  <Button
                    size="large"
                    isWide
                    tone="outline"
                    disabled={isRunning}
                    onClick={() => send(present.version)}
                  >
                    {words.shiftNote.replace}
                  </Button>
                </>
              )
            }
          >
            {present?.text && <p className="whitespace-pre-line">{present.text}</p>}
          </StatusMessage>
        )}
      </LiveArea>
      {!present && (
        <Button size="large" isWide disabled={isRunning} onClick={() => send(shown.version)}>
          {words.shiftNote.save}
        </Button>
      )}
    </SidePanel>
  )
}
