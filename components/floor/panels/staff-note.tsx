'use client'

import { useEffect, useId, useRef, useState } from 'react'
import { useBoardControls } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { editStaffNote } from '@/domain/booking/actions'
import type { DayParty } from '@/domain/floor/schema'

const LONGEST = 500

function readPresent(details: Record<string, unknown>): string | null {
  return typeof details.present === 'string' ? details.present : null
}

/** Shows a colleague's newer note beside the one being written, so that neither is lost. */
function ChangedMeanwhile({
  present,
  isRunning,
  onKeepBoth,
  onReplace,
}: {
  present: string | null
  isRunning: boolean
  onKeepBoth: () => void
  onReplace: () => void
}) {
  const { words } = useWords()
  return (
    <StatusMessage
      tone="waiting"
      title={present === null ? words.note.erased : words.note.changed}
      actions={
        <>
          {present !== null && (
            <Button size="large" isWide disabled={isRunning} onClick={onKeepBoth}>
              {words.note.keepBoth}
            </Button>
          )}
          <Button size="large" isWide tone="outline" disabled={isRunning} onClick={onReplace}>
            {words.note.replace}
          </Button>
        </>
      }
    >
      {present !== null && <p className="whitespace-pre-line">{present}</p>}
    </StatusMessage>
  )
}

function NoteForm({
  party,
  onSaved,
  onCancel,
}: {
  party: DayParty
  onSaved: () => void
  onCancel: () => void
}) {
  const { words } = useWords()
  const { identity, authorise } = useBoardControls()
  const { locale } = identity
  // The note as it was when writing began, since polls continue meanwhile.
  const [shown] = useState(party.staffNote)
  const [text, setText] = useState(party.staffNote ?? '')
  const { run, isRunning, refusal } = useAction({ failed: words.note.failed })
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const isChanged = refusal?.reason === 'changed-meanwhile'
  const present = refusal && isChanged ? readPresent(refusal.details) : null
  function save(note: { text: string; shown: string | null }) {
    setText(note.text)
    const { reservationId } = party
    void authorise().then((by) => {
      if (by) run(() => editStaffNote({ reservationId, ...note, locale, ...by }), onSaved)
    })
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        save({ text, shown })
      }}
    >
      <TextArea
        ref={field}
        label={words.note.label}
        hint={words.note.hint}
        value={text}
        maxLength={LONGEST}
        rows={3}
        onChange={(event) => setText(event.target.value)}
      />
      <LiveArea className="empty:hidden">
        {refusal && !isChanged && <StatusMessage tone="refusal" title={refusal.words} />}
        {isChanged && (
          <ChangedMeanwhile
            present={present}
            isRunning={isRunning}
            onKeepBoth={() =>
              save({ text: `${present}\n${text}`.slice(0, LONGEST), shown: present })
            }
            onReplace={() => save({ text, shown: present })}
          />
        )}
      </LiveArea>
      {!isChanged && (
        <div className="grid grid-cols-2 gap-3">
          <Button size="large" tone="outline" disabled={isRunning} onClick={onCancel}>
            {words.note.cancel}
          </Button>
          <Button size="large" type="submit" disabled={isRunning}>
            {words.note.save}
          </Button>
        </div>
      )}
    </form>
  )
}

/** The staff's note, with the way to edit it. */
export function StaffNote({ party }: { party: DayParty }) {
  const { words } = useWords()
  const { reload } = useBoardControls()
  const id = useId()
  const [isEditing, setIsEditing] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const hasEdited = useRef(false)
  useEffect(() => {
    if (hasEdited.current && !isEditing) opener.current?.focus()
    hasEdited.current = isEditing
  }, [isEditing])
  if (isEditing)
    return (
      <NoteForm
        party={party}
        onSaved={() => {
          setIsEditing(false)
          reload()
        }}
        onCancel={() => setIsEditing(false)}
      />
    )
  return (
    <section aria-labelledby={id} className={party.staffNote ? 'flex items-center gap-4' : ''}>
      <div className="min-w-0 grow empty:hidden">
        <h3 id={id} className={party.staffNote ? 'text-quiet' : 'sr-only'}>
          {words.note.label}
        </h3>
        {party.staffNote && <p className="font-medium whitespace-pre-line">{party.staffNote}</p>}
      </div>
      <Button
        ref={opener}
        size="large"
        tone="outline"
        isWide={!party.staffNote}
        onClick={() => setIsEditing(true)}
        className="shrink-0 text-17!"
      >
        {party.staffNote ? words.note.edit : words.note.add}
      </Button>
    </section>
  )
}
