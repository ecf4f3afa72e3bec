'use client'

import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Headcount } from '@/domain/floor/party.rules'
import { countDay } from '@/domain/floor/party.rules'
import type { Day } from '@/domain/floor/schema'
import { countToMove } from '@/domain/floor/table-closure.rules'
import { splitWaiting } from '@/domain/line/waiting.rules'
import type { Waiting } from '@/domain/line/waiting.types'
import { useBoardControls, useBoardLive } from './state/board-context'
import { TabletHints } from './tablet-hints'
import { useClosureWords } from './words/use-closure-words'
import { useWords } from './words/use-words'

function Count({ label, count }: { label: string; count: Headcount }) {
  const { words } = useWords()
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-15 whitespace-nowrap text-quiet">{label}</dt>
      <dd className="font-semibold whitespace-nowrap tabular-nums">
        {fillIn(words.counts.headcount, count)}
      </dd>
    </div>
  )
}

/** The evening's totals. */
export function DaySummary({ parties }: Pick<Day, 'parties'>) {
  const { words } = useWords()
  const { booked, seated, noShow } = countDay(parties)
  return (
    <dl
      aria-label={words.counts.label}
      className="flex flex-wrap gap-x-5 gap-y-1 lg:gap-x-3 lg:gap-y-0 lg:text-15 lg:leading-tight lg:group-has-[select]/head:flex-col"
    >
      <Count label={words.counts.booked} count={booked} />
      <Count label={words.counts.seated} count={seated} />
      {noShow.parties > 0 && <Count label={words.counts.noShow} count={noShow} />}
    </dl>
  )
}

/** The line's totals, for a restaurant that has only a line. */
export function LineSummary({ waiting: { tickets } }: { waiting: Waiting }) {
  const { words } = useWords()
  const { inLine } = splitWaiting(tickets)
  const guests = inLine.reduce((sum, { partySize }) => sum + partySize, 0)
  return (
    <dl aria-label={words.counts.label}>
      <Count label={words.counts.waiting} count={{ parties: inLine.length, guests }} />
    </dl>
  )
}

/** What is closed today, and how many parties have to be moved; a tap shows them. */
function ClosedTables() {
  const { words } = useWords()
  const { openPanel } = useBoardControls()
  const nameClosure = useClosureWords()
  const { day } = useBoardLive()
  const { closures } = day
  if (closures.length === 0) return null
  const toMove = countToMove(day)
  return (
    <button
      type="button"
      onClick={() => openPanel({ kind: 'CLOSURES' })}
      className="flex min-h-12 flex-wrap items-center gap-x-3 rounded-small border-2 border-dashed border-waiting bg-raised px-4 py-2 text-left print:hidden"
    >
      {closures.map((closure) => (
        <span key={closure.id} className="font-semibold tabular-nums">
          {nameClosure(closure)}
        </span>
      ))}
      {toMove > 0 && (
        <span className="text-waiting">{fillIn(words.closing.toMove, { count: toMove })}</span>
      )}
    </button>
  )
}

/** Why the board is not live, or what is special about the day. */
export function DayNotices() {
  const { words, formatTime, tellTime } = useWords()
  const { locale } = useBoardControls().identity
  const { day, trouble } = useBoardLive()
  const time = formatTime(day.asOf)
  const isStillToOpen = day.opensAt !== null && day.opensAt > day.asOf
  return (
    <>
      <div role="alert" className="empty:hidden">
        {trouble && (
          <StatusMessage
            tone={trouble === 'OFFLINE' ? 'waiting' : 'refusal'}
            title={fillIn(words.live[trouble], { time })}
          >
            {trouble === 'SIGNED_OUT' && (
              <PageLink
                href="/sign-in"
                locale={locale}
                className={styleButton({ tone: 'outline' })}
              >
                {words.live.signIn}
              </PageLink>
            )}
          </StatusMessage>
        )}
      </div>
      <TabletHints />
      {!day.bookingsOn && <StatusMessage tone="quiet" title={words.notices.bookingsOff} />}
      {day.closed && day.slots.length > 0 && (
        <StatusMessage tone="quiet" title={words.notices.closed} />
      )}
      <ClosedTables />
      {isStillToOpen && day.opensAt && (
        <StatusMessage
          tone="quiet"
          title={fillIn(words.notices.notOpenYet, {
            at: tellTime({ at: day.opensAt, beside: day.serviceDate }),
          })}
        />
      )}
    </>
  )
}
