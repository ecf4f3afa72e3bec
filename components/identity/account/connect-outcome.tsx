import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { type AccountOverview, loginProviders } from '@/domain/identity/types'
import type { Messages } from '@/lib/i18n/messages'

/**
 * The outcome of connecting a login. The address only says what was tried; the account says whether
 * it is connected.
 */
export function ConnectOutcome({
  asked: { connect, error },
  account,
  words,
}: {
  asked: Record<string, string | string[] | undefined>
  account: AccountOverview
  words: Messages['account']['page']
}) {
  const tried = loginProviders.find((provider) => provider === connect)
  if (!tried) return null
  if (error === 'login-taken') return <StatusMessage tone="refusal" title={words.loginTaken} />
  const isDone = account.logins.includes(tried)
  return (
    <StatusMessage
      tone={isDone ? 'confirmed' : 'refusal'}
      title={fillIn(isDone ? words.justConnected : words.connectFailed, { provider: words[tried] })}
    />
  )
}
