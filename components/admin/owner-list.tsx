import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { OwnerRequest } from '@/domain/restaurant/owner-approval.schema'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'
import { nameAge } from './age'
import { type Alone, OwnerActs } from './owner-acts'

type Told = { asOf: string; locale: Locale; words: Messages['admin'] }

/** Applications to become an owner, with the decision or the buttons to make one. */
export function OwnerList({
  owners,
  ...told
}: Told & { owners: (OwnerRequest & { alone?: Alone })[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {owners.map((owner) => (
        <li
          key={owner.id}
          className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4 md:flex-row md:items-center md:justify-between"
        >
          <OwnerFacts owner={owner} {...told} />
          <OwnerActs
            owner={owner}
            {...(owner.alone && { alone: owner.alone })}
            locale={told.locale}
            words={told.words}
          />
        </li>
      ))}
    </ul>
  )
}

function OwnerFacts({ owner, asOf, locale, words }: Told & { owner: OwnerRequest }) {
  const say = words.owners
  const { id, name, email, phone, decidedAt, decidedBy, refusal } = owner
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <p className="font-semibold">
        <PageLink href={`/admin/people/${id}`} locale={locale} className="text-ink">
          <bdi>{name}</bdi>
        </PageLink>
      </p>
      <p className="text-15 text-quiet">{[email, phone].filter(Boolean).join(' · ')}</p>
      {owner.state === 'WAITING' ? (
        <p className="text-15 font-medium text-waiting tabular-nums">
          {fillIn(words.age.waitingSince, {
            age: nameAge({ at: owner.askedAt, asOf, words: words.age }),
          })}
        </p>
      ) : (
        decidedAt && (
          <p className="text-15 text-quiet tabular-nums">
            {fillIn(say.decidedBy, {
              time: nameInstant({ at: decidedAt, timeZone: ADMIN_TIME_ZONE, locale }),
              name: decidedBy ?? words.someone,
            })}
          </p>
        )
      )}
      {refusal && <p className="text-15">{fillIn(say.refusal, { reason: refusal })}</p>}
      {owner.isUnconfirmed && <p className="text-15 text-quiet">{say.unconfirmed}</p>}
    </div>
  )
}
