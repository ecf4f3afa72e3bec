'use client'

import { Button } from '@/components/ui/button'
import { OutsideOffer, useInApp } from '@/components/ui/outside-offer'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { askForSecondFactor, enterBySecondFactor } from '@/domain/identity/passkey.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { signWithPasskey } from './ceremony'

/** Asks for the passkey of the account whose first factor was right in this browser. */
export function SecondFactor({
  returnPath,
  locale,
  words,
}: {
  returnPath: string
  locale: Locale
  words: Messages['access']['passkey'] &
    Pick<Messages['access'], 'failed'> & { inApp: Messages['shell']['inApp'] }
}) {
  const inApp = useInApp()
  const { run, isRunning, refusal } = useAction(words)
  const press = () =>
    run(
      () =>
        signWithPasskey({
          begin: () => askForSecondFactor({ locale }),
          enter: (answer) => enterBySecondFactor({ answer, locale }),
          words,
        }),
      () => window.location.assign(returnPath),
    )
  if (inApp)
    return <OutsideOffer inApp={inApp} need="passkey" locale={locale} words={words.inApp} />
  return (
    <>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button size="large" isWide disabled={isRunning} onClick={press}>
        {isRunning ? words.asking : words.second.submit}
      </Button>
    </>
  )
}
