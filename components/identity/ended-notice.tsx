import { StatusMessage } from '@/components/ui/status-message'
import type { Messages } from '@/lib/i18n/messages'
import { SessionKeeper } from './session-keeper'

/** The session ended elsewhere: says so, and discards it here. */
export function EndedNotice({ words }: { words: Messages['shell']['signIn'] }) {
  return (
    <>
      <SessionKeeper fate="ended" />
      <StatusMessage tone="waiting" title={words.ended}>
        <p className="text-quiet">{words.endedText}</p>
      </StatusMessage>
    </>
  )
}
