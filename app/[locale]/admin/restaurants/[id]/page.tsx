import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { HouseLinks, HouseVisibility } from '@/components/admin/house-acts'
import { HouseFacts, HouseStaffList, HouseToday } from '@/components/admin/house-facts'
import { HouseMarks, nameHouse } from '@/components/admin/house-rows'
import { NewsFrame } from '@/components/admin/news'
import { TrailPart } from '@/components/admin/trail-part'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadHouse } from '@/domain/admin/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/restaurants/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.houses.title }
}

export default async function HousePage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { admin: words } = await loadMessages(locale)
  const found = await loadHouse((await params).id)
  if (!found) notFound()
  const { house, load, trail } = found
  const told = { house, locale, words: words.houses }
  return (
    <PageFrame className="gap-8">
      <NewsFrame>
        <PageTitle lead={[house.slug, house.region, house.category].join(' · ')}>
          <bdi>{nameHouse({ house, locale })}</bdi>
        </PageTitle>
        <p className="flex flex-wrap gap-1">
          <HouseMarks house={house} words={words.houses} />
        </p>
        <HouseLinks {...told} words={words} />
        <HouseFacts {...told} />
        <HouseToday {...told} load={load} />
        <HouseStaffList {...told} />
        <div className="flex">
          <HouseVisibility {...told} words={words} upcoming={load.upcoming} />
        </div>
        <TrailPart
          lines={trail.items}
          href={`/admin/audit?restaurant=${house.id}`}
          title={words.houses.trail}
          more={words.houses.wholeTrail}
          locale={locale}
          words={words.audit}
        />
      </NewsFrame>
    </PageFrame>
  )
}
