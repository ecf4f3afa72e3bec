'use client'

import { useEffect } from 'react'
import { styleButton } from '@/components/ui/button'
import { ask } from '@/components/ui/client/ask'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { pathToTell } from '@/domain/identity/external-login.rules'
import { enterByPickedNumber } from '@/domain/identity/link.actions'
import type { OwnRequestView } from '@/domain/identity/link-request.schema'
import { linkToSignIn } from '@/domain/identity/rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { useEntry } from './use-entry'

type Told = { returnPath: string; locale: Locale; words: Messages['access'] }

/**
 * What became of the mail, and how this page goes on. By itself only where the session is there
 * already, or none comes of it: a session made here takes the code, or the number that the mail's
 * reader picked.
 */
export function MailOutcome({
  state,
  ...told
}: Told & {
  state: OwnRequestView['state'] | undefined
}) {
  const { returnPath, locale, words } = told
  const said = words.mailOutcome
  useGoingOn({ state, returnPath, locale })
  return (
    <LiveArea className="empty:hidden">
      {state === 'picked' && <Picked {...told} />}
      {state === 'confirmed' && <StatusMessage tone="confirmed" title={said.confirmed} />}
      {state === 'refused' && <StatusMessage tone="refusal" title={said.refused} />}
      {state === 'over' && <StatusMessage tone="waiting" title={said.over} />}
      {state === 'used' && (
        <StatusMessage
          tone="confirmed"
          title={said.used}
          actions={
            <a
              href={linkToSignIn({ returnPath, locale })}
              className={styleButton({ tone: 'outline', isWide: true })}
            >
              {said.signInHere}
            </a>
          }
        >
          <p className="text-quiet">{said.usedText}</p>
        </StatusMessage>
      )}
    </LiveArea>
  )
}

async function isSignedIn(): Promise<boolean> {
  const answer = await ask<{ user: object | null }>({ url: '/api/v1/session' })
  return answer.kind === 'value' && answer.value.user !== null
}

function useGoingOn({
  state,
  returnPath,
  locale,
}: Pick<Told, 'returnPath' | 'locale'> & { state: OwnRequestView['state'] | undefined }) {
  useEffect(() => {
    // The sign-in page goes on at once where another tab of this browser is signed in.
    if (state === 'confirmed')
      window.location.assign(pathToTell({ said: 'address-confirmed', path: returnPath, locale }))
    if (state === 'used')
      void isSignedIn().then((isIn) => isIn && window.location.assign(returnPath))
  }, [state, returnPath, locale])
}

/** The mail's reader picked the number shown here, which is the press that this page waited for. */
function Picked({ returnPath, locale, words }: Told) {
  const { run, refusal } = useEntry({ failed: words.failed, returnPath, locale })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    run(
      () => enterByPickedNumber({ locale }),
      () => window.location.assign(returnPath),
    )
  }, [])
  return refusal ? (
    <StatusMessage tone="refusal" title={refusal.words} />
  ) : (
    <StatusMessage tone="confirmed" title={words.mailOutcome.picked} />
  )
}
