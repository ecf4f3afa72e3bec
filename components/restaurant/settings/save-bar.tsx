import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import type { ActionRefusal } from '@/components/ui/use-action'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['settings']['save']

function describeRefusal({
  refusal,
  words,
  hasConflicts,
}: {
  refusal: ActionRefusal
  words: Words
  hasConflicts: boolean
}): string {
  if (refusal.reason === 'changed-meanwhile') return hasConflicts ? words.changed : words.merged
  return refusal.reason === 'invalid' ? words.check : refusal.words
}

/** The end of a form: the outcome of the last save, and the button to save. */
export function SaveBar({
  refusal,
  hasConflicts,
  isSaved,
  isDirty,
  isRunning,
  words,
}: {
  refusal: ActionRefusal | null
  hasConflicts: boolean
  isSaved: boolean
  /** The form has unsaved changes. */
  isDirty: boolean
  isRunning: boolean
  words: Words
}) {
  return (
    <div className="flex flex-col gap-3">
      <LiveArea className="empty:hidden">
        {refusal && !isRunning && (
          <StatusMessage
            tone={refusal.reason === 'changed-meanwhile' ? 'waiting' : 'refusal'}
            title={describeRefusal({ refusal, words, hasConflicts })}
          />
        )}
        {isSaved && <StatusMessage tone="confirmed" title={words.saved} />}
      </LiveArea>
      <Button type="submit" tone={isDirty ? 'main' : 'outline'} isWide aria-disabled={isRunning}>
        {isRunning ? words.saving : words.save}
      </Button>
    </div>
  )
}
