import { Figures, Part } from '@/components/ui/facts'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { Overview } from '@/domain/admin/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatNumber } from '@/lib/i18n/number'
import { nameAge } from './age'
import { OwnerList } from './owner-list'
import { SearchForm, WordFilter } from './search-form'

type Told = { overview: Overview; locale: Locale; words: Messages['admin'] }

/** Requests that wait for an admin's decision. */
export function Decisions({ overview, locale, words }: Told) {
  const { owners, asOf } = overview
  return (
    <Part
      id="decisions"
      title={words.overview.waitingTitle}
      action={
        <PageLink
          href="/admin/owners"
          locale={locale}
          className="flex min-h-12 items-center font-medium text-ink"
        >
          {words.overview.allOwners}
        </PageLink>
      }
    >
      {owners.length > 0 ? (
        <OwnerList owners={owners} asOf={asOf} locale={locale} words={words} />
      ) : (
        <p className="rounded-card border border-dashed border-line p-4 text-quiet">
          {words.overview.waitingNone}
        </p>
      )}
    </Part>
  )
}

export function Today({ overview, locale, words }: Told) {
  const say = words.overview
  const { today, outbox, asOf } = overview
  const count = (number: number) => formatNumber({ value: number, locale })
  const oldest = (at: string | null) =>
    at && fillIn(say.oldest, { age: nameAge({ at, asOf, words: words.age }) })
  return (
    <>
      <Part id="today" title={say.todayTitle} lead={say.todayLead}>
        <Figures
          figures={[
            [say.booked, count(today.booked)],
            [say.walkIns, count(today.walkIns)],
            [say.cancelled, count(today.cancelled)],
            [say.newAccounts, count(today.newAccounts)],
          ]}
        />
      </Part>
      <Part
        id="notices"
        title={say.noticesTitle}
        action={
          outbox.failed > 0 && (
            <PageLink
              href="/admin/notices?state=DEAD"
              locale={locale}
              className="flex min-h-12 items-center font-medium text-ink"
            >
              {say.allFailed}
            </PageLink>
          )
        }
      >
        <Figures
          figures={[
            [say.waiting, count(outbox.waiting), oldest(outbox.oldestWaitingAt)],
            [say.failed, count(outbox.failed), oldest(outbox.oldestFailedAt)],
          ]}
        />
      </Part>
    </>
  )
}

/** How old the last backup is, where what makes backups reports them. */
export function Backups({ overview, words }: Omit<Told, 'locale'>) {
  const say = words.overview
  const { lastBackupAt: at, asOf } = overview
  if (at === null) return null
  return (
    <Part id="backups" title={say.backupsTitle}>
      <Figures figures={[[say.lastBackup, nameAge({ at, asOf, words: words.age })]]} />
    </Part>
  )
}

/** Three searches for an admin with a caller on the phone. */
export function Searches({ locale, words }: Omit<Told, 'overview'>) {
  const say = words.overview
  const searches = [
    ['/admin/people', 'keyword', say.findPerson],
    ['/admin/restaurants', 'keyword', say.findRestaurant],
    ['/admin/reservations', 'person', say.findReservation],
  ] as const
  const labels = [words.people.keyword, words.restaurants.keyword, words.reservations.person]
  return (
    <Part id="find" title={say.findTitle}>
      <div className="grid gap-4 lg:grid-cols-3">
        {searches.map(([path, name, label], index) => (
          <SearchForm key={path} path={path} label={label} locale={locale}>
            <WordFilter name={name} label={labels[index] ?? label} value={null} />
          </SearchForm>
        ))}
      </div>
    </Part>
  )
}
