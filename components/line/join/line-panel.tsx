'use client'

import { type ReactNode, useRef } from 'react'
import { PartyChoice } from '@/components/availability/party-choice'
import { BookingProgress } from '@/components/booking/booking-progress'
import { useVisitor } from '@/components/identity/visitor'
import { useServerNow } from '@/components/ui/client/use-server-now'
import type { LiveSnapshot } from '@/components/ui/client/use-snapshot'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { fillIn } from '@/components/ui/words'
import { pickQuote } from '@/domain/line/quote.rules'
import type { LineSnapshot } from '@/domain/line/schema'
import { whyShut } from '@/domain/line/shut.rules'
import type { Locale } from '@/lib/i18n/locale'
import { nameTime, tellMoment } from '@/lib/i18n/moment'
import { WaitRecord, WaitWord } from '../wait-word'
import { DiningChoice } from './dining-choice'
import { JoinOutcome } from './join-outcome'
import { useJoinChoice } from './use-join-choice'
import { useJoining } from './use-joining'
import { useLineInSight } from './use-line-in-sight'
import type { JoinWords } from './words'

const MOST_PEOPLE = 20
const LOOK_AGAIN_MS = 20_000

/** A restaurant's live line, and the way to join it. `initial` comes from the cached page. */
export function LinePanel({
  restaurant,
  initial,
  locale,
  words,
}: {
  restaurant: { id: string; phone: string }
  initial: LineSnapshot
  locale: Locale
  words: JoinWords
}) {
  const section = useRef<HTMLElement>(null)
  const live = useLineInSight({ section, restaurantId: restaurant.id, initial })
  const line = live.snapshot ?? initial
  const joining = useJoinChoice({ section, locale })
  const taking = useJoining({ restaurantId: restaurant.id, onAnswer: live.askNow, locale })
  // An attempt stays visible although the line has filled up or closed meanwhile.
  const shut = whyShut(line)
  const isAsked = taking.isRunning || taking.outcome?.kind === 'unknown'
  return (
    <section ref={section} aria-labelledby="line" className="flex flex-col gap-5">
      <h2 id="line" className="text-20 font-bold">
        {words.join.title}
      </h2>
      <LineState
        line={line}
        live={live}
        partySize={joining.choice.partySize}
        locale={locale}
        words={words}
      />
      {(shut === null || isAsked) && (
        <JoinForm joining={joining} taking={taking} locale={locale} words={words} />
      )}
      <noscript>
        <StatusMessage
          tone="quiet"
          title={fillIn(words.join.noScript, { phone: restaurant.phone })}
        />
      </noscript>
    </section>
  )
}

/**
 * Whether guests may join, how many wait, and the time of the reading if it is old. What a cached
 * page says of the line is no reading: while it can't be read, nothing is said of its length.
 */
function LineState({
  line,
  live,
  partySize,
  locale,
  words: { join: words, wait },
}: {
  line: LineSnapshot
  live: LiveSnapshot<LineSnapshot>
  partySize: number
  locale: Locale
  words: JoinWords
}) {
  const { reason, waiting, timeZone, quotes, record } = line
  const quote = pickQuote({ quotes, partySize })
  const now = useServerNow({ everyMs: LOOK_AGAIN_MS }) ?? undefined
  const time = nameTime({ at: live.asOfMs, now, timeZone, locale })
  const isOld = live.state === 'old'
  const shut = whyShut(line)
  return (
    <div className="flex flex-col gap-3">
      {/* Screen readers hear that joining is closed, but not the count, which changes too often. */}
      <LiveArea className="empty:hidden">
        {shut && (
          <StatusMessage tone="waiting" title={words[shut]}>
            {reason && (
              <p>
                <bdi>{fillIn(words.because, { reason })}</bdi>
              </p>
            )}
            {shut === 'OUTSIDE_HOURS' && line.opensAt && (
              <p className="font-semibold tabular-nums">
                {fillIn(words.opensAt, {
                  when: tellMoment({ at: line.opensAt, now, timeZone, locale }),
                })}
              </p>
            )}
            <p className="text-15 text-quiet">{words[`${shut}Text`]}</p>
          </StatusMessage>
        )}
        {live.isUnreachable && <p className="text-15 text-waiting">{words.unreachable}</p>}
        {isOld && <p className="text-15 text-waiting">{fillIn(words.old, { time })}</p>}
      </LiveArea>
      {!shut && !live.isUnreachable && (
        <dl className="grid grid-cols-2 divide-x divide-line rounded-small border border-line bg-paper text-center">
          <Figure name={words.waiting}>
            {waiting === 0 ? words.nobody : fillIn(words.count, { count: waiting })}
          </Figure>
          <Figure name={wait.label}>
            <WaitWord quote={quote} waiting={waiting} words={wait} />
          </Figure>
        </dl>
      )}
      {/* The page's own reading may be a night old; its line stays, so that nothing moves. */}
      {!shut && !live.isUnreachable && (
        <p key={time} className="min-h-6 text-right text-15 text-quiet tabular-nums">
          {live.state === 'first' && fillIn(words.asOf, { time })}
        </p>
      )}
      {!shut && !live.isUnreachable && quote && <WaitRecord record={record} words={wait} />}
    </div>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5 px-2 py-3">
      <dt className="text-15 text-quiet">{name}</dt>
      <dd className="font-semibold tabular-nums">{children}</dd>
    </div>
  )
}

function JoinForm({
  joining: { choice, choose, goToSignIn },
  taking,
  locale,
  words: { join: words },
}: {
  joining: ReturnType<typeof useJoinChoice>
  taking: ReturnType<typeof useJoining>
  locale: Locale
  words: JoinWords
}) {
  const visitor = useVisitor()
  const { state, outcome, isRunning } = taking
  const submit = () => {
    if (visitor === null) return goToSignIn()
    void taking.join(choice)
  }
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <PartyChoice
        size={choice.partySize}
        min={1}
        max={MOST_PEOPLE}
        onChoose={(partySize) => choose({ partySize })}
        words={words}
      />
      <DiningChoice
        dining={choice.dining}
        onChoose={(dining) => choose({ dining })}
        words={words}
      />
      <LiveArea className="flex flex-col gap-3 empty:hidden">
        <BookingProgress state={state} words={words} />
        {outcome && (
          <JoinOutcome outcome={outcome} onSignIn={goToSignIn} locale={locale} words={words} />
        )}
      </LiveArea>
      <div className="flex flex-col gap-2">
        <SubmitButton isRunning={isRunning} working={words.joining}>
          {visitor === null ? words.signInAndJoin : words.join}
        </SubmitButton>
        <p className="text-center text-15 text-quiet">{words.hint}</p>
      </div>
    </form>
  )
}
