import { Mark, type MarkTone } from '@/components/ui/facts'
import { RowLink, Rows } from '@/components/ui/paged-list'
import type { HouseLine, HouseState } from '@/domain/restaurant/directory.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['admin']['houses']

const tones: Record<HouseState, MarkTone> = {
  PUBLISHED: 'confirmed',
  DRAFT: 'waiting',
  HIDDEN: 'refusal',
  DELETED: 'quiet',
}

export function HouseMarks({ house, words }: { house: HouseLine; words: Words }) {
  return (
    <>
      {!house.bookingsOn && <Mark tone="quiet">{words.bookingsOff}</Mark>}
      <Mark tone={tones[house.state]}>{words.states[house.state]}</Mark>
    </>
  )
}

/** In the page's language. */
export function nameHouse({
  house,
  locale,
}: {
  house: { name: string; nameEn: string | null }
  locale: Locale
}): string {
  return (locale === 'en' && house.nameEn) || house.name
}

export function HouseRows({
  houses,
  locale,
  words,
}: {
  houses: HouseLine[]
  locale: Locale
  words: Words
}) {
  return (
    <Rows>
      {houses.map((house) => (
        <RowLink
          key={house.id}
          href={`/admin/restaurants/${house.id}`}
          locale={locale}
          title={<bdi>{nameHouse({ house, locale })}</bdi>}
          aside={<HouseMarks house={house} words={words} />}
        >
          {[house.slug, house.region, house.owners.join(', ') || words.noOwner].join(' · ')}
        </RowLink>
      ))}
    </Rows>
  )
}
