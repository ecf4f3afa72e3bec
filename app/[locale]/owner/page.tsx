import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { NextIntlClientProvider } from 'next-intl'
import { DateSteps } from '@/components/board/day/date-steps'
import { DayBoard } from '@/components/board/day/day-board'
import { RestaurantHeading } from '@/components/board/day/day-header'
import { LineOnly, NoRestaurant } from '@/components/board/day/no-board'
import { loadDayPage } from '@/domain/board/day/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { localisePath } from '@/lib/locale'

type Props = {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner } = await loadMessages(await readPageLocale(params))
  return { title: owner.title, robots: { index: false } }
}

export default async function OwnerPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const query = await searchParams
  const page = await loadDayPage(query)
  if (page.state === 'SIGNED_OUT') {
    const asked = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value]] : [],
      ),
    )
    const callbackUrl = localisePath({ path: `/owner${asked.size > 0 ? `?${asked}` : ''}`, locale })
    redirect(localisePath({ path: `/sign-in?${new URLSearchParams({ callbackUrl })}`, locale }))
  }
  if (page.state === 'NOT_FOUND') notFound()
  const { owner } = await loadMessages(locale)
  if (page.state === 'NO_RESTAURANT') return <NoRestaurant words={owner} locale={locale} />
  const { restaurant, restaurants } = page
  const heading = { restaurant, restaurants, locale, words: owner }
  if (page.state === 'LINE_ONLY') return <LineOnly {...heading} />
  const { day, isFollowingToday } = page
  return (
    <main
      id="content"
      tabIndex={-1}
      className="flex w-full grow flex-col gap-3 px-4 pt-3 pb-24 outline-none md:px-6 lg:min-h-160 lg:basis-0 lg:pb-3"
    >
      <NextIntlClientProvider locale={locale} timeZone={day.timeZone} messages={{ owner }}>
        <DayBoard
          key={`${day.restaurantId} ${isFollowingToday ? 'today' : day.serviceDate}`}
          initialDay={day}
          isFollowingToday={isFollowingToday}
          locale={locale}
          heading={<RestaurantHeading {...heading} />}
          dates={
            <DateSteps
              slug={restaurant.slug}
              date={day.serviceDate}
              today={day.today}
              locale={locale}
              words={owner.date}
            />
          }
        />
      </NextIntlClientProvider>
    </main>
  )
}
