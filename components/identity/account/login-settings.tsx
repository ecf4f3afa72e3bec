'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { OutsideOffer, useLackingApp } from '@/components/ui/outside-offer'
import { LiveArea } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { disconnectOwnLogin } from '@/domain/identity/account.actions'
import { pathToConnect } from '@/domain/identity/external-login.rules'
import { checkOwnProof } from '@/domain/identity/proof.actions'
import type { AccountOverview, LoginProvider } from '@/domain/identity/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { requestLogin } from '../auth-requests'
import { ProviderMark } from '../external-buttons'
import { DoneNote } from './setting'

/** A Kakao or Naver login: whether it is connected, and the button to change that. */
export function LoginSetting({
  provider,
  account,
  locale,
  words,
}: {
  provider: LoginProvider
  account: AccountOverview
  locale: Locale
  words: Messages['account']['page'] & { inApp: Messages['shell']['inApp'] }
}) {
  const inApp = useLackingApp(provider)
  const isConnected = account.logins.includes(provider)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [going, setGoing] = useState<'no' | 'yes' | 'failed'>('no')
  const [done, setDone] = useState<string>()
  const name = words[provider]
  // Asked for before the visitor leaves: the provider's page can't ask for it.
  const connect = () => {
    setDone(undefined)
    run(
      () => checkOwnProof({ locale }),
      () => void leave(),
    )
  }
  const leave = async () => {
    setGoing('yes')
    const isGoing = await requestLogin({
      provider,
      returnPath: pathToConnect({ provider, locale }),
    })
    if (!isGoing) setGoing('failed')
  }
  const disconnect = () =>
    run(
      () => disconnectOwnLogin({ provider, locale }),
      () => setDone(fillIn(words.disconnected, { provider: name })),
    )
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-center justify-between gap-4">
        <div className="flex items-center gap-3">
          <ProviderMark provider={provider} />
          <div>
            <p className="text-15 text-quiet">{name}</p>
            <p className="font-medium">{isConnected ? words.connected : words.notConnected}</p>
          </div>
        </div>
        {(isConnected || !inApp) && (
          <Button
            tone="outline"
            disabled={isRunning || going === 'yes'}
            aria-label={fillIn(isConnected ? words.disconnectLabel : words.connectLabel, {
              provider: name,
            })}
            onClick={isConnected ? disconnect : connect}
          >
            {isConnected ? words.disconnect : words.connect}
          </Button>
        )}
      </div>
      {!isConnected && inApp && (
        <OutsideOffer inApp={inApp} need={provider} locale={locale} words={words.inApp} />
      )}
      <DoneNote text={done} />
      <LiveArea className="text-15 font-medium text-refusal empty:hidden">
        {refusal?.words ?? (going === 'failed' && words.failed)}
      </LiveArea>
    </div>
  )
}
