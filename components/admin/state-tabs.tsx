import { PageLink } from '@/components/ui/page-link'
import { type OwnerState, ownerStates } from '@/domain/restaurant/owner-approval.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Chooses one of the three lists of owners. */
export function StateTabs({
  state,
  locale,
  words,
}: {
  state: OwnerState
  locale: Locale
  words: Messages['admin']['owners']
}) {
  return (
    <nav aria-label={words.stateLabel}>
      <ul className="flex flex-wrap gap-2">
        {ownerStates.map((each) => (
          <li key={each}>
            <PageLink
              href={each === 'WAITING' ? '/admin/owners' : `/admin/owners?state=${each}`}
              locale={locale}
              aria-current={each === state ? 'page' : undefined}
              className="flex min-h-12 items-center rounded-full border border-line bg-raised px-4 text-ink no-underline hover:border-ink aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:text-paper"
            >
              {words.states[each]}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
