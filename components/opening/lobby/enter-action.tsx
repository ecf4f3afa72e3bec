'use client'

import { Button, styleButton } from '@/components/ui/button'
import { useSecondsUntil } from '@/components/ui/client/use-server-now'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Refused } from './ask-opening'
import type { Entering } from './use-entering'
import type { PlaceState } from './use-place'
import type { Told } from './words'

/** The one thing to do before entering. Any obstacle is explained next to the button. */
export function EnterAction({
  state,
  isSignedIn,
  time,
  isLate,
  isDrawn,
  enter,
  locale,
  words,
}: Told & {
  state: Exclude<PlaceState, { phase: 'in' | 'booked' }>
  isSignedIn: boolean
  /** The opening time, '10:00'. */
  time: string
  /** After the opening, a new entry goes behind the whole lobby. */
  isLate: boolean
  isDrawn: boolean
  enter: () => void
}) {
  const { enter: enterWords, signInAndEnter } = isLate ? words.late : words.lobby
  const isBusy = state.phase === 'entering'
  return (
    <div className="flex flex-col gap-3">
      <LiveArea className="empty:hidden">
        {state.phase === 'refused' && (
          <EnterRefused
            refused={state.refused}
            time={isDrawn && !isLate ? time : null}
            enter={enter}
            locale={locale}
            words={words}
          />
        )}
        {isBusy && state.planned && <Planned planned={state.planned} words={words.lobby} />}
        {isBusy && state.isWaiting && <StatusMessage tone="waiting" title={words.lobby.busy} />}
      </LiveArea>
      {state.phase === 'unknown' && isSignedIn ? (
        <p className="grid min-h-16 place-items-center text-quiet">{words.lobby.finding}</p>
      ) : (
        state.phase !== 'refused' && (
          <Button size="large" isWide disabled={isBusy} onClick={enter}>
            {isBusy && words.lobby.entering}
            {!isBusy && (isSignedIn ? enterWords : signInAndEnter)}
          </Button>
        )
      )}
    </div>
  )
}

/** Stays until there is an answer, so that the button below does not move. Spoken once, without the countdown. */
function Planned({
  planned: { atMs, seconds },
  words,
}: {
  planned: NonNullable<Entering['planned']>
  words: Told['words']['lobby']
}) {
  const left = useSecondsUntil(atMs) ?? seconds
  return (
    <StatusMessage
      tone="waiting"
      title={
        <>
          <span className="sr-only">{fillIn(words.planned, { seconds })}</span>
          <span aria-hidden="true">{fillIn(words.planned, { seconds: Math.max(1, left) })}</span>
        </>
      }
    >
      <p className="text-15">{words.plannedNext}</p>
    </StatusMessage>
  )
}

function EnterRefused({
  refused,
  time,
  enter,
  locale,
  words: { refused: words },
}: Told & { refused: Refused; time: string | null; enter: () => void }) {
  const isUnconfirmed = refused.reason === 'address-unconfirmed'
  return (
    <StatusMessage
      tone={isUnconfirmed ? 'waiting' : 'refusal'}
      title={isUnconfirmed ? words.unconfirmed : (refused.title ?? words.failed)}
      actions={
        <>
          {isUnconfirmed && (
            <PageLink href="/account" locale={locale} className={styleButton({ isWide: true })}>
              {words.toAccount}
            </PageLink>
          )}
          <Button tone="outline" isWide onClick={enter}>
            {words.again}
          </Button>
        </>
      }
    >
      {isUnconfirmed && (
        <p className="text-15">
          {words.unconfirmedNext} {time && fillIn(words.unconfirmedDraw, { time })}
        </p>
      )}
    </StatusMessage>
  )
}
