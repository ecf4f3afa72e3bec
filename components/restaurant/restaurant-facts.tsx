import { PhoneIcon, PinIcon } from '@/components/ui/icons'
import { fillIn } from '@/components/ui/words'
import type { Restaurant } from '@/domain/restaurant/types'
import type { Messages } from '@/lib/i18n/messages'
import type { Locale } from '@/lib/locale'
import { describeRestaurant, linkToMap, linkToPhone } from './restaurant-words'

type Words = Messages['booking']['restaurant']

/** What somebody has to know before booking, from the restaurant's own settings. */
function listNotes({ restaurant, words }: { restaurant: Restaurant; words: Words }): string[] {
  if (!restaurant.hasTables) return []
  const { sameDayOnly, horizonDays, confirmWithinMinutes } = restaurant
  return [
    sameDayOnly ? words.sameDayOnly : fillIn(words.horizon, { days: horizonDays }),
    confirmWithinMinutes === null
      ? words.confirmAtOnce
      : fillIn(words.confirmWithin, { minutes: confirmWithinMinutes }),
    words.cancelFree,
  ]
}

export function RestaurantFacts({
  restaurant,
  locale,
  words,
}: {
  restaurant: Restaurant
  locale: Locale
  words: Words
}) {
  const description = describeRestaurant({ restaurant, locale })
  const notes = listNotes({ restaurant, words })
  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="about" className="flex flex-col gap-4">
        <h2 id="about" className="text-20 font-bold">
          {words.about}
        </h2>
        <p lang={description.lang}>{description.text}</p>
        <dl className="flex flex-col gap-1">
          <Fact icon={<PinIcon />} name={words.address}>
            <span lang="ko">{restaurant.address}</span>
            <a href={linkToMap(restaurant)} target="_blank" rel="noreferrer" className={link}>
              {words.map}
            </a>
          </Fact>
          <Fact icon={<PhoneIcon />} name={words.phone}>
            <a href={linkToPhone(restaurant.phone)} className={`${link} tabular-nums`}>
              {restaurant.phone}
            </a>
          </Fact>
        </dl>
      </section>
      {notes.length > 0 && (
        <section aria-labelledby="notes" className="flex flex-col gap-3">
          <h2 id="notes" className="text-20 font-bold">
            {words.notes}
          </h2>
          <ul className="flex list-disc flex-col gap-1.5 pl-5 marker:text-accent">
            {notes.map((note) => (
              <li key={note}>{note}</li>
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
