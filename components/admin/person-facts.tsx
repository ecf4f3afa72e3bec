import { wordOf } from '@/components/notification/notice-rows'
import { Facts } from '@/components/ui/facts'
import type { Person } from '@/domain/identity/people.schema'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'

export function PersonFacts({
  person,
  locale,
  words,
}: {
  person: Person
  locale: Locale
  words: Messages['admin']
}) {
  const say = words.people
  const { ownerState, ownerRefusal, providers } = person
  const confirmed = person.isUnconfirmed ? say.unconfirmed : say.confirmed
  const ways = [
    person.hasPassword && say.password,
    say.mailedLink,
    person.hasPasskey && say.passkey,
    ...providers.map((provider) => wordOf(say.providers, provider)),
  ]
  return (
    <Facts
      facts={[
        [say.email, `${person.email} (${confirmed})`],
        [say.phone, person.phone ?? say.none],
        [say.role, say.roles[person.role]],
        [
          say.ownerState,
          ownerState && [words.owners.states[ownerState], ownerRefusal].filter(Boolean).join(' · '),
        ],
        [say.created, nameInstant({ at: person.createdAt, timeZone: ADMIN_TIME_ZONE, locale })],
        [say.signsIn, ways.filter(Boolean).join(', ')],
        [say.locale, wordOf(say.locales, person.locale)],
        [
          say.id,
          <span className="text-15" key="id">
            {person.id}
          </span>,
        ],
      ]}
    />
  )
}
