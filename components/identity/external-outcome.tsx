import { StatusMessage } from '@/components/ui/status-message'
import type { Messages } from '@/lib/i18n/messages'

/** What somebody is told who comes back from Kakao or Naver and is not in. */
export function ExternalOutcome({
  said,
  words: { told },
}: {
  /** As the address has it: anybody may have written it there. */
  said: unknown
  words: Messages['account']['external']
}) {
  if (typeof said !== 'string') return null
  const outcome =
    (['mail-sent', 'email-needed', 'rate-limited', 'busy'] as const).find((one) => one === said) ??
    'other'
  return (
    <StatusMessage tone={outcome === 'mail-sent' ? 'confirmed' : 'refusal'} title={told[outcome]}>
      <p className="text-quiet">{told[`${outcome}Text`]}</p>
    </StatusMessage>
  )
}
