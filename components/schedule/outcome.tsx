import type { ReactNode } from 'react'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import type { ActionRefusal } from '@/components/ui/use-action'
import type { Messages } from '@/lib/i18n/messages'

/** The outcome of the last act, which screen readers announce. */
export function Outcome({
  refusal,
  done,
  words,
  actions,
  children,
}: {
  refusal: ActionRefusal | null
  /** Null: nothing was done yet. */
  done: string | null
  words: Messages['schedule']
  actions?: ReactNode
  children?: ReactNode
}) {
  const isStale = refusal?.reason === 'changed-meanwhile'
  return (
    <LiveArea>
      {refusal ? (
        <StatusMessage
          tone={isStale ? 'waiting' : 'refusal'}
          title={isStale ? words.stale.title : refusal.words}
          actions={actions}
        >
          {isStale && <p className="text-15">{words.stale.text}</p>}
          {children}
        </StatusMessage>
      ) : (
        done && <StatusMessage tone="confirmed" title={done} actions={actions} />
      )}
    </LiveArea>
  )
}
