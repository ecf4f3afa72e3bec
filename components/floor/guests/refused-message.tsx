'use client'

import { useWords } from '@/components/floor/words/use-words'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import type { Refused } from './use-guest-entry'

/** Why something was not done, in words. */
export function RefusedMessage({ refused }: { refused: Refused }) {
  const { words } = useWords()
  return (
    <LiveArea className="empty:hidden">
      {refused !== null && (
        <StatusMessage
          tone="refusal"
          title={(refused !== 'lost' && refused.title) || words.guest.lost}
        />
      )}
    </LiveArea>
  )
}
