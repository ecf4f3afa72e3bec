import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import type { Locale } from '@/lib/i18n/locale'
import type { JoinTrouble } from './use-joining'
import type { JoinWords } from './words'

/** Why the party is not in the line, or that the outcome is unknown, and what to do next. */
export function JoinOutcome({
  outcome,
  onSignIn,
  locale,
  words,
}: {
  outcome: JoinTrouble
  onSignIn: () => void
  locale: Locale
  words: JoinWords['join']
}) {
  const look = styleButton({ tone: 'outline', isWide: true })
  if (outcome.kind === 'unknown')
    return (
      <StatusMessage
        tone="waiting"
        title={words.unknown}
        actions={
          <PageLink href="/reservations" locale={locale} className={look}>
            {words.mine}
          </PageLink>
        }
      >
        <p className="text-15">{words.unknownNext}</p>
      </StatusMessage>
    )
  const { reason, title } = outcome.problem
  return (
    <StatusMessage
      tone="refusal"
      title={title ?? words.failed}
      actions={
        <>
          {reason === 'signed-out' && (
            <Button isWide onClick={onSignIn}>
              {words.signInAndJoin}
            </Button>
          )}
          {reason === 'address-unconfirmed' && (
            <PageLink href="/account" locale={locale} className={look}>
              {words.toAccount}
            </PageLink>
          )}
        </>
      }
    />
  )
}
