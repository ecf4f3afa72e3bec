import { OpeningMark } from '@/components/opening/plan/opening-state'
import { RowLink, Rows } from '@/components/ui/paged-list'
import { fillIn } from '@/components/ui/words'
import type { AnyOpening } from '@/domain/opening/list.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDateOfYear, nameInstant } from '@/lib/i18n/moment'
import { nameRestaurant } from './restaurant-rows'

/** Restaurant, service date, opening time and present state of each opening. */
export function OpeningRows({
  openings,
  locale,
  words,
  states,
}: {
  openings: AnyOpening[]
  locale: Locale
  words: Messages['admin']['openings']
  states: Messages['planning']['states']
}) {
  return (
    <Rows>
      {openings.map((opening) => (
        <RowLink
          key={opening.id}
          href={`/owner/${opening.slug}/openings`}
          locale={locale}
          title={
            <>
              <bdi>{nameRestaurant({ restaurant: opening, locale })}</bdi>{' '}
              <span className="tabular-nums">
                {formatDateOfYear({ date: opening.serviceDate, locale })}
              </span>
            </>
          }
          aside={<OpeningMark state={opening.state} words={states} />}
        >
          {[
            nameInstant({ at: opening.opensAt, timeZone: opening.timeZone, locale }),
            fillIn(words.waiting, { count: opening.waiting }),
          ].join(' · ')}
        </RowLink>
      ))}
    </Rows>
  )
}
