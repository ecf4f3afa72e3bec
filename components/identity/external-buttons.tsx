'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { OutsideOffer, useInApp } from '@/components/ui/outside-offer'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import type { LoginProvider } from '@/domain/identity/types'
import { isLacking } from '@/lib/http/browser'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { requestLogin } from './auth-requests'

/**
 * Sign-in through providers, in their required colours and words; nothing where none is configured.
 */
export function ExternalButtons({
  providers,
  returnPath,
  locale,
  words,
}: {
  providers: LoginProvider[]
  returnPath: string
  locale: Locale
  words: Messages['account']['external'] & { inApp: Messages['shell']['inApp'] }
}) {
  const [goingTo, setGoingTo] = useState<LoginProvider | null>(null)
  const [isFailed, setIsFailed] = useState(false)
  const go = async (provider: LoginProvider) => {
    setGoingTo(provider)
    setIsFailed(false)
    if (await requestLogin({ provider, returnPath })) return
    setGoingTo(null)
    setIsFailed(true)
  }
  const inApp = useInApp()
  const lacking = inApp && providers.find((need) => isLacking({ inApp, need }))
  const able = providers.filter((need) => !inApp || !isLacking({ inApp, need }))
  if (providers.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <p className="self-center text-15 text-quiet">{words.or}</p>
      {able.map((provider) => (
        <Button
          key={provider}
          tone={provider}
          isWide
          disabled={goingTo !== null}
          onClick={() => go(provider)}
        >
          <ProviderMark provider={provider} />
          {goingTo === provider ? words.going : words[provider]}
        </Button>
      ))}
      {inApp && lacking && (
        <OutsideOffer inApp={inApp} need={lacking} locale={locale} words={words.inApp} />
      )}
      <LiveArea className="empty:hidden">
        {isFailed && <StatusMessage tone="refusal" title={words.failed} />}
      </LiveArea>
    </div>
  )
}

/** Kakao's speech bubble or Naver's N, left of the label. */
export function ProviderMark({ provider }: { provider: LoginProvider }) {
  const isKakao = provider === 'kakao'
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'grid size-8 shrink-0 place-items-center rounded-small',
        isKakao ? 'bg-kakao text-on-kakao' : 'bg-naver text-on-naver',
      )}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" fill="currentColor" aria-hidden="true">
        {isKakao ? (
          <path d="M10 2.500C5.300 2.500 1.500 5.500 1.500 9.200c0 2.400 1.600 4.500 4 5.700l-.8 3c-.1.300.200.500.500.400l3.500-2.400c.4 0 .8.100 1.300.100 4.700 0 8.500-3 8.500-6.800S14.700 2.500 10 2.500z" />
        ) : (
          <path d="M12.700 3v7.200L7.300 3H3v14h4.300V9.800l5.400 7.200H17V3z" />
        )}
      </svg>
    </span>
  )
}
