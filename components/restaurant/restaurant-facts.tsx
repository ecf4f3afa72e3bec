import { PhoneIcon, PinIcon, TableIcon } from '@/components/ui/place-icons'
import { fillIn } from '@/components/ui/words'
import type { RestaurantDetail } from '@/domain/restaurant/types'
import { readWallTime } from '@/domain/restaurant/week.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { MapLinks } from './map-links'
import { RestaurantHours } from './restaurant-hours'
import { describeRestaurant, linkToPhone, noteOfRestaurant } from './restaurant-words'

type Words = Messages['booking']['restaurant']
type Told = { restaurant: RestaurantDetail; words: Words }

/** The rules a diner should know before booking, from the restaurant's settings. */
function listRules({ restaurant, words }: Told): string[] {
  if (!restaurant.hasTables) return []
  const { sameDayOnly, horizonDays, confirmWithinMinutes } = restaurant
  const { noShowLimit: limit, noShowMonths: months, holdsAfterNoShows } = restaurant
  return [
    sameDayOnly ? words.sameDayOnly : fillIn(words.horizon, { days: horizonDays }),
    ...tellOpening({ restaurant, words }),
    confirmWithinMinutes === null
      ? words.confirmAtOnce
      : fillIn(words.confirmWithin, { minutes: confirmWithinMinutes }),
    words.cancelFree,
    ...(limit === null || months === null
      ? []
      : [fillIn(holdsAfterNoShows ? words.noShowsHeld : words.noShows, { limit, months })]),
  ]
}

function tellOpening({ restaurant, words }: Told): string[] {
  const { opensMinutes, opensDaysBefore } = restaurant
  if (opensMinutes === null) return []
  const { time } = readWallTime(opensMinutes)
  return [
    opensDaysBefore === 0
      ? fillIn(words.opensSameDay, { time })
      : fillIn(words.opensBefore, { time, days: opensDaysBefore }),
  ]
}

export function RestaurantFacts({ restaurant, locale, words }: Told & { locale: Locale }) {
  const description = describeRestaurant({ restaurant, locale })
  const note = noteOfRestaurant({ restaurant, locale })
  const rules = listRules({ restaurant, words })
  const tables = restaurant.tableClasses.map(({ maxParty, count }) =>
    fillIn(words.tableClass, { size: maxParty, count }),
  )
  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="about" className="flex flex-col gap-4">
        <h2 id="about" className="text-20 font-bold">
          {words.about}
        </h2>
        <p lang={description.lang} className="whitespace-pre-line">
          {description.text}
        </p>
        <dl className="flex flex-col gap-1">
          <Fact icon={<PinIcon />} name={words.address}>
            <span lang="ko">{restaurant.address}</span>
            <MapLinks restaurant={restaurant} words={words} />
          </Fact>
          <Fact icon={<PhoneIcon />} name={words.phone}>
            <a href={linkToPhone(restaurant.phone)} className={`${link} tabular-nums`}>
              {restaurant.phone}
            </a>
          </Fact>
          {tables.length > 0 && (
            <Fact icon={<TableIcon />} name={words.tableClasses}>
              <span className="tabular-nums">
                {fillIn(words.tables, { classes: tables.join(' · ') })}
              </span>
            </Fact>
          )}
        </dl>
      </section>
      <RestaurantHours restaurant={restaurant} locale={locale} words={words} />
      {(rules.length > 0 || note) && (
        <section aria-labelledby="notes" className="flex flex-col gap-3">
          <h2 id="notes" className="text-20 font-bold">
            {words.notes}
          </h2>
          {note && (
            <figure className="rounded-card border border-line bg-raised p-4">
              <figcaption className="text-15 text-quiet">{words.guestNote}</figcaption>
              <p lang={note.lang} className="whitespace-pre-line">
                {note.text}
              </p>
            </figure>
          )}
          <ul className="flex list-disc flex-col gap-1.5 pl-5 marker:text-accent">
            {rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

const link =
  '-my-2.5 inline-flex min-h-12 items-center font-medium text-ink underline decoration-quiet underline-offset-4 hover:decoration-ink'

function Fact({
  icon,
  name,
  children,
}: {
  icon: React.ReactNode
  name: string
  children: React.ReactNode
}) {
  return (
    <div className="flex gap-3">
      <dt className="flex h-12 items-center text-quiet">
        {icon}
        <span className="sr-only">{name}</span>
      </dt>
      <dd className="flex min-h-12 flex-wrap items-center gap-x-3 py-2.5">{children}</dd>
    </div>
  )
}
