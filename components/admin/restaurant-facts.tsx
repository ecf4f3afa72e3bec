import { Facts, Figures, Mark, Part } from '@/components/ui/facts'
import { RowLink, Rows } from '@/components/ui/paged-list'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { DayLoad } from '@/domain/booking/search.schema'
import type { Restaurant } from '@/domain/restaurant/directory.schema'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, nameInstant } from '@/lib/i18n/moment'
import { Nothing } from './audit-log-part'

type Told = { restaurant: Restaurant; locale: Locale; words: Messages['admin']['restaurants'] }

export function RestaurantFacts({ restaurant, locale, words }: Told) {
  const { hiddenAt, hiddenReason } = restaurant
  return (
    <>
      {hiddenAt && (
        <StatusMessage
          tone="refusal"
          title={fillIn(words.hiddenFor, {
            time: nameInstant({ at: hiddenAt, timeZone: ADMIN_TIME_ZONE, locale }),
            reason: hiddenReason ?? '',
          })}
        />
      )}
      <Facts
        facts={[
          [words.address, restaurant.address],
          [words.phone, restaurant.phone],
          [words.zone, restaurant.timeZone],
          [words.tables, fillIn(words.tableCount, { count: restaurant.tableCount })],
          [
            words.created,
            nameInstant({ at: restaurant.createdAt, timeZone: ADMIN_TIME_ZONE, locale }),
          ],
          [
            'ID',
            <span className="text-15" key="id">
              {restaurant.id}
            </span>,
          ],
        ]}
      />
    </>
  )
}

/** The restaurant's day in four numbers. */
export function RestaurantToday({
  load,
  locale,
  words,
}: Omit<Told, 'restaurant'> & { load: DayLoad }) {
  const date = formatDate({ date: load.serviceDate, locale })
  return (
    <Part id="today" title={fillIn(words.today, { date })}>
      <Figures
        figures={[
          [words.slots, fillIn(words.slotsTaken, { taken: load.taken, slots: load.slots })],
          [words.parties, load.parties],
          [words.guests, load.guests],
          [words.upcoming, load.upcoming],
        ]}
      />
    </Part>
  )
}

export function RestaurantStaffList({ restaurant, locale, words }: Told) {
  return (
    <Part id="staff" title={words.staff}>
      {restaurant.staff.length > 0 ? (
        <Rows>
          {restaurant.staff.map(({ accountId, name, email, role }) => (
            <RowLink
              key={accountId}
              href={`/admin/people/${accountId}`}
              locale={locale}
              title={<bdi>{name}</bdi>}
              aside={<Mark tone="quiet">{words.staffRoles[role]}</Mark>}
            >
              {email}
            </RowLink>
          ))}
        </Rows>
      ) : (
        <Nothing text={words.noStaff} />
      )}
    </Part>
  )
}
