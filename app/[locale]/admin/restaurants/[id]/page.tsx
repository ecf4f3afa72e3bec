import type { Metadata } from 'next'
import { AuditLogPart } from '@/components/admin/audit-log-part'
import { NewsFrame } from '@/components/admin/news'
import { RestaurantLinks, RestaurantVisibility } from '@/components/admin/restaurant-acts'
import {
  RestaurantFacts,
  RestaurantStaffList,
  RestaurantToday,
} from '@/components/admin/restaurant-facts'
import { nameRestaurant, RestaurantMarks } from '@/components/admin/restaurant-rows'
import { MissingPage } from '@/components/identity/missing-page'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadRestaurant } from '@/domain/admin/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/restaurants/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.restaurants.title }
}

export default async function RestaurantPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { admin: words } = await loadMessages(locale)
  const found = await loadRestaurant((await params).id)
  if (!found) return <MissingPage locale={locale} />
  const { restaurant, load, auditLog } = found
  const told = { restaurant, locale, words: words.restaurants }
  return (
    <PageFrame className="gap-8">
      <NewsFrame>
        <PageTitle lead={[restaurant.slug, restaurant.region, restaurant.category].join(' · ')}>
          <bdi>{nameRestaurant({ restaurant, locale })}</bdi>
        </PageTitle>
        <p className="flex flex-wrap gap-1">
          <RestaurantMarks restaurant={restaurant} words={words.restaurants} />
        </p>
        <RestaurantLinks {...told} words={words} />
        <RestaurantFacts {...told} />
        <RestaurantToday {...told} load={load} />
        <RestaurantStaffList {...told} />
        <div className="flex">
          <RestaurantVisibility {...told} words={words} upcoming={load.upcoming} />
        </div>
        <AuditLogPart
          lines={auditLog.items}
          href={`/admin/audit?restaurant=${restaurant.id}`}
          title={words.restaurants.auditLog}
          more={words.restaurants.wholeAuditLog}
          locale={locale}
          words={words.audit}
        />
      </NewsFrame>
    </PageFrame>
  )
}
