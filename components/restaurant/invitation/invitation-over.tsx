import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import type { InvitationState } from '@/domain/restaurant/staff.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** An invitation that no longer works, and why. `UNKNOWN`: it was never a valid link. */
export function InvitationOver({
  state,
  boardPath,
  locale,
  words,
}: {
  state: Exclude<InvitationState, 'OPEN'> | 'UNKNOWN'
  /** The restaurant's board, for its staff; null for other visitors. */
  boardPath: string | null
  locale: Locale
  words: Messages['settings']['invitation']
}) {
  return (
    <EmptyState title={words[state]} heading="h1">
      <p className="text-quiet">{words[`${state}Text`]}</p>
      <PageLink
        href={boardPath ?? '/'}
        locale={locale}
        className={styleButton({ tone: 'outline' })}
      >
        {boardPath ? words.board : words.home}
      </PageLink>
    </EmptyState>
  )
}
