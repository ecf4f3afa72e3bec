'use client'

import { Button, styleButton } from '@/components/ui/button'
import { OutsideOffer, useInApp } from '@/components/ui/outside-offer'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import {
  addOwnPasskey,
  askToAddPasskey,
  askToProveByPasskey,
  proveOwnPasskey,
} from '@/domain/identity/passkey.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { makePasskey, signWithPasskey } from './ceremony'

/** Makes a passkey, or asks for one that there is, and goes on. */
export function AskForPasskey({
  hasPasskey,
  canWait,
  returnPath,
  locale,
  words,
}: {
  hasPasskey: boolean
  canWait: boolean
  returnPath: string
  locale: Locale
  words: Messages['access']['passkey'] &
    Pick<Messages['access'], 'failed'> & { inApp: Messages['shell']['inApp'] }
}) {
  const inApp = useInApp()
  const { run, isRunning, refusal } = useAction(words)
  const goOn = () => window.location.assign(returnPath)
  const prove = async () => {
    const proven = await signWithPasskey({
      begin: () => askToProveByPasskey({ locale }),
      enter: (answer) => proveOwnPasskey({ answer, locale }),
      words,
    })
    return proven
  }
  const make = () =>
    makePasskey({
      begin: () => askToAddPasskey({ locale }),
      add: (answer) => addOwnPasskey({ answer, locale }),
      words,
    })
  const press = () => (hasPasskey ? run(prove, goOn) : run(make, goOn))
  const said = hasPasskey ? words.prove : words.make
  return (
    <div className="flex flex-col gap-4">
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      {inApp ? (
        <OutsideOffer inApp={inApp} need="passkey" locale={locale} words={words.inApp} />
      ) : (
        <Button size="large" isWide disabled={isRunning} onClick={press}>
          {isRunning ? words.asking : said.submit}
        </Button>
      )}
      {canWait && (
        <>
          <a href={returnPath} className={styleButton({ tone: 'quiet', isWide: true })}>
            {words.make.later}
          </a>
          <p className="text-15 text-quiet">{words.make.laterHint}</p>
        </>
      )}
    </div>
  )
}
