import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { OwnOpening } from '@/domain/opening/list.schema'
import type { Locale } from '@/lib/i18n/locale'
import { formatDate, nameMoment, tellMoment } from '@/lib/i18n/moment'
import { OpeningActs } from './opening-acts'
import { OpeningMark } from './opening-state'
import { toPerMinute } from './terms-draft'
import type { PlanRestaurant, PlanWords } from './types'

const isLive = (opening: OwnOpening) =>
  ['ANNOUNCED', 'LOBBY', 'DRAWING', 'OPEN'].includes(opening.state)
const isAhead = ({ state }: OwnOpening) => state === 'ANNOUNCED' || state === 'LOBBY'

type Asked = { opening: OwnOpening; restaurant: PlanRestaurant; locale: Locale; words: PlanWords }

function listFacts({ opening, restaurant, locale, words }: Asked): string[] {
  const told = words.line
  const { slots, taken, late } = opening
  const { now, timeZone } = restaurant
  const nameAt = (at: string) => nameMoment({ at, now, timeZone, locale })
  const facts: [string, boolean][] = [
    [fillIn(told.lobby, { at: nameAt(opening.lobbyOpensAt) }), opening.state === 'ANNOUNCED'],
    [fillIn(told.waiting, { count: opening.waiting }), opening.state !== 'ANNOUNCED'],
    [fillIn(told.late, { count: late }), late > 0],
    [fillIn(told.gate, { at: nameAt(opening.gateUntil) }), isLive(opening)],
    [told[opening.orderBy], true],
    [fillIn(told.rate, { rate: toPerMinute(opening.turnsPerSecond) }), true],
    [fillIn(told.taken, { slots, taken }), slots > 0],
  ]
  return facts.filter(([, holds]) => holds).map(([fact]) => fact)
}

/** What the owner should fix before it opens. */
function Trouble({ opening, restaurant, locale, words }: Asked) {
  if (!isAhead(opening)) return null
  if (opening.isClosed) return <p className="font-medium text-waiting">{words.line.closed}</p>
  if (opening.slots > 0) return null
  return (
    <p className="flex flex-wrap items-center gap-3 font-medium text-waiting">
      {words.line.noSchedule}
      <PageLink
        href={`/owner/${restaurant.slug}/schedule/${opening.serviceDate}`}
        locale={locale}
        className={styleButton({ tone: 'outline' })}
      >
        {words.line.makeSchedule}
      </PageLink>
    </p>
  )
}

function OpeningLine(asked: Asked) {
  const { opening, restaurant, locale, words } = asked
  const told = words.line
  const { now, timeZone } = restaurant
  const at = tellMoment({ at: opening.opensAt, now, timeZone, locale })
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4 md:p-5">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div>
          <h2 className="text-20 leading-tight font-bold tabular-nums">
            {fillIn(isAhead(opening) ? told.opens : told.opened, { at })}
          </h2>
          <p className="text-quiet tabular-nums">
            {fillIn(told.of, { date: formatDate({ date: opening.serviceDate, locale }) })}
          </p>
        </div>
        <OpeningMark state={opening.state} words={words.states} />
      </div>
      <p className="text-15 tabular-nums">{listFacts(asked).join(' · ')}</p>
      {opening.cancelledFor && (
        <p className="text-15 text-quiet">{fillIn(told.why, { reason: opening.cancelledFor })}</p>
      )}
      <Trouble {...asked} />
      <div className="flex flex-wrap items-start gap-2">
        <PageLink
          href={`/openings/${opening.id}`}
          locale={locale}
          className={styleButton({ tone: 'outline' })}
        >
          {told.page}
        </PageLink>
        {opening.state !== 'CANCELLED' && (
          <PageLink
            href={`/owner/${restaurant.slug}/openings/${opening.id}`}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {isAhead(opening) ? told.rehearse : told.curves}
          </PageLink>
        )}
        {opening.isDrawn && (
          <PageLink
            href={`/openings/${opening.id}/proof`}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {told.proof}
          </PageLink>
        )}
        {isLive(opening) && (
          <OpeningActs opening={opening} restaurant={restaurant} locale={locale} words={words} />
        )}
      </div>
    </li>
  )
}

type Show = 'coming' | 'past'

/** Switches between the two lists. */
function ShowTabs({
  show,
  path,
  locale,
  words,
}: {
  show: Show
  path: string
  locale: Locale
  words: PlanWords
}) {
  return (
    <nav aria-label={words.show.label}>
      <ul className="flex flex-wrap gap-2">
        {(['coming', 'past'] as const).map((each) => (
          <li key={each}>
            <PageLink
              href={each === 'coming' ? path : `${path}?show=${each}`}
              locale={locale}
              aria-current={each === show ? 'page' : undefined}
              className="flex min-h-12 items-center rounded-full border border-line bg-raised px-4 text-ink no-underline hover:border-ink aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:text-paper"
            >
              {words.show[each]}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** One page of upcoming or of past openings. */
export function OpeningList({
  openings,
  nextCursor,
  show,
  isFirst,
  restaurant,
  locale,
  words,
}: {
  openings: OwnOpening[]
  nextCursor: string | null
  show: Show
  isFirst: boolean
  restaurant: PlanRestaurant
  locale: Locale
  words: PlanWords
}) {
  const path = `/owner/${restaurant.slug}/openings`
  const query = show === 'past' ? '?show=past' : '?show=coming'
  return (
    <section aria-label={words.show[show]} className="flex flex-col gap-4">
      <ShowTabs show={show} path={path} locale={locale} words={words} />
      {openings.length === 0 ? (
        <EmptyState title={words.empty[show]}>
          <p className="text-quiet">{words.empty[`${show}Text`]}</p>
        </EmptyState>
      ) : (
        <ul className="flex flex-col gap-3">
          {openings.map((opening) => (
            <OpeningLine
              key={opening.id}
              opening={opening}
              restaurant={restaurant}
              locale={locale}
              words={words}
            />
          ))}
        </ul>
      )}
      {(nextCursor || !isFirst) && (
        <nav aria-label={words.pages} className="flex flex-wrap gap-2">
          {!isFirst && (
            <PageLink
              href={`${path}${query}`}
              locale={locale}
              className={styleButton({ tone: 'quiet' })}
            >
              {words.first}
            </PageLink>
          )}
          {nextCursor && (
            <PageLink
              href={`${path}${query}&cursor=${nextCursor}`}
              locale={locale}
              className={styleButton({ tone: 'outline' })}
            >
              {words.next}
            </PageLink>
          )}
        </nav>
      )}
    </section>
  )
}
