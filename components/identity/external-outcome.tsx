import { StatusMessage } from '@/components/ui/status-message'
import type { Messages } from '@/lib/i18n/messages'

/** Why signing in through Kakao or Naver failed, or what it waits for. */
export function ExternalOutcome({
  said,
  words: { told },
}: {
  /** Taken from the address, so it may hold anything. */
  said: unknown
  words: Messages['account']['external']
}) {
  if (typeof said !== 'string') return null
  const outcome =
    (['mail-sent', 'address-confirmed', 'email-needed', 'rate-limited', 'busy'] as const).find(
      (one) => one === said,
    ) ?? 'other'
  const isGood = outcome === 'mail-sent' || outcome === 'address-confirmed'
  return (
    <StatusMessage tone={isGood ? 'confirmed' : 'refusal'} title={told[outcome]}>
      <p className="text-quiet">{told[`${outcome}Text`]}</p>
    </StatusMessage>
  )
}
