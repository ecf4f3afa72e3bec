import { Button } from '@/components/ui/button'
import type { Messages } from '@/lib/i18n/messages'

/**
 * Below a field that two people changed: the other person's value, and the choice between the two.
 */
export function FieldConflict({
  theirs,
  name,
  onTake,
  onKeep,
  words,
}: {
  /** The other person's value, formatted as in the field. */
  theirs: string
  /** The field's name, for screen readers that read the buttons alone. */
  name: string
  onTake: () => void
  onKeep: () => void
  words: Messages['settings']['save']
}) {
  return (
    <div className="flex flex-col gap-2 rounded-small border-2 border-dashed border-waiting p-3">
      <p className="flex flex-col">
        <span className="text-15 text-quiet">{words.theirs}</span>
        <span className="font-medium whitespace-pre-line">{theirs || words.empty}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          tone="outline"
          onClick={onTake}
          aria-label={`${name}: ${words.take}`}
          data-conflict=""
        >
          {words.take}
        </Button>
        <Button tone="quiet" onClick={onKeep} aria-label={`${name}: ${words.keep}`}>
          {words.keep}
        </Button>
      </div>
    </div>
  )
}
