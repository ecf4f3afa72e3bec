import type { RestaurantDetail } from '@/domain/restaurant/types'
import { groupWeek } from '@/domain/restaurant/week.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate } from '@/lib/i18n/moment'
import { nameStretches, nameWeekdays } from './hours-words'
import { OpenNow } from './open-now'

type Words = Messages['booking']['restaurant']

/** Open or closed now, then the usual week, then the exceptions. */
export function RestaurantHours({
  restaurant,
  locale,
  words,
}: {
  restaurant: RestaurantDetail
  locale: Locale
  words: Words
}) {
  const { hours, closures, timeZone } = restaurant
  if (hours.length === 0 && closures.length === 0) return null
  const { nextDay, stretch, days, dayOff, openUntil, before, over, off, todayHours, nightHours } =
    words
  const now = { openUntil, break: words.break, before, over, off, todayHours, nightHours }
  return (
    <section aria-labelledby="hours" className="flex flex-col gap-3">
      <h2 id="hours" className="text-20 font-bold">
        {words.hours}
      </h2>
      {hours.length > 0 && (
        <>
          <OpenNow
            hours={hours}
            closures={closures}
            timeZone={timeZone}
            locale={locale}
            words={{ nextDay, stretch, days, dayOff, ...now }}
          />
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
            {groupWeek(hours).map(({ weekdays, stretches }) => (
              <div key={weekdays[0]} className="col-span-2 grid grid-cols-subgrid">
                <dt className="text-quiet">{nameWeekdays({ weekdays, locale, words })}</dt>
                <dd className="tabular-nums">
                  {stretches.length > 0 ? nameStretches({ stretches, words }) : dayOff}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {closures.length > 0 && (
        <div className="mt-2 flex flex-col gap-1.5">
          <h3 className="font-semibold">{words.closures}</h3>
          <ul className="flex flex-col gap-1">
            {closures.map(({ date, reason }) => (
              <li key={date} className="tabular-nums">
                {formatDate({ date, locale })}
                {reason && (
                  <span lang="ko" className="text-quiet">
                    {' '}
                    · {reason}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
