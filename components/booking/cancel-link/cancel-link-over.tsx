import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** A link that can no longer cancel anything, and why. `UNKNOWN`: it was never a valid link. */
export function CancelLinkOver({
  state,
  locale,
  words,
}: {
  state: 'CANCELLED' | 'OVER' | 'MOVED' | 'UNKNOWN'
  locale: Locale
  words: Messages['notice']['cancel']
}) {
  return (
    <EmptyState title={words[state]} heading="h1">
      <p className="text-quiet">{words[`${state}Text`]}</p>
      <PageLink
        href={state === 'CANCELLED' ? '/' : '/reservations'}
        locale={locale}
        className={styleButton({ tone: 'outline' })}
      >
        {state === 'CANCELLED' ? words.home : words.mine}
      </PageLink>
    </EmptyState>
  )
}
