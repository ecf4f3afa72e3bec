import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { DaySkeleton } from '@/components/floor/day-skeleton'
import { NoRestaurant, NothingYet } from '@/components/floor/no-board'
import { MissingPage } from '@/components/identity/missing-page'
import { loadDayRestaurant } from '@/domain/floor/loaders'
import { loadOwnerApplication } from '@/domain/identity/loaders'
import { loadWaiting } from '@/domain/line/loaders'
import { loadSharedTablet } from '@/domain/restaurant/author.loaders'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { BoardOfDay } from './board-of-day'

type Props = PageProps<'/[locale]/owner'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner } = await loadMessages(await readPageLocale(params))
  return { title: owner.title, robots: { index: false } }
}

/** Signing in returns to the restaurant and date in the address. */
function signInPath({ query, locale }: { query: Record<string, unknown>; locale: Locale }): string {
  const asked = Object.entries(query).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value]] : [],
  )
  const search = asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''
  const callbackUrl = localisePath({ path: `/owner${search}`, locale })
  return localisePath({ path: `/sign-in?${new URLSearchParams({ callbackUrl })}`, locale })
}

export default async function OwnerPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const query = await searchParams
  const found = await loadDayRestaurant(query)
  // Decided before streaming starts, so that these answer with a real redirect and a real 404.
  if (found.state === 'SIGNED_OUT') redirect(signInPath({ query, locale }))
  if (found.state === 'NOT_FOUND') return <MissingPage locale={locale} />
  const { owner: words, waiting } = await loadMessages(locale)
  if (found.state === 'NO_RESTAURANT') {
    const application = (await loadOwnerApplication()) ?? { state: 'DINER' as const }
    return <NoRestaurant words={words} locale={locale} application={application} />
  }
  const { restaurant, restaurants, hasMore, date, accountId, firstPanel } = found
  const heading = { restaurant, restaurants, hasMore, locale, words }
  if (found.state === 'LINE_ONLY' && !(await loadWaiting(restaurant.id)))
    return (
      <NothingYet
        {...heading}
        lineWords={waiting.setting}
        tablet={await loadSharedTablet(restaurant.id)}
      />
    )
  return (
    <Suspense
      key={`${restaurant.id} ${date} ${JSON.stringify(firstPanel)}`}
      fallback={<DaySkeleton label={words.loading} />}
    >
      <BoardOfDay heading={heading} date={date} accountId={accountId} firstPanel={firstPanel} />
    </Suspense>
  )
}
