'use client'

import { useState } from 'react'
import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { useWakeLock } from '@/components/ui/client/use-wake-lock'
import { LanguageLink } from '@/components/ui/language-link'
import { fillIn } from '@/components/ui/words'
import type { KioskRestaurant } from '@/domain/line/kiosk.schema'
import { whyShut } from '@/domain/line/shut.rules'
import { defaultLocale, type Locale, localisePath } from '@/lib/i18n/locale'
import { tellMoment } from '@/lib/i18n/moment'
import { useLine } from '../use-line'
import { ContactStep } from './contact-step'
import { KioskMessage } from './kiosk-message'
import { StartStep } from './start-step'
import { StartingOver } from './starting-over'
import { TicketStep } from './ticket-step'
import { useIdle } from './use-idle'
import { type Contact, type KioskChoice, useKioskTaking } from './use-kiosk-taking'
import type { KioskWords } from './words'

/** A guest who walks away leaves nothing behind for the next one. */
const IDLE_MS = 60_000

const first: KioskChoice = { partySize: 2, dining: 'IN_STORE' }

/** One guest's visit, from party size to ticket number; then the next guest's. */
export function KioskVisit({
  restaurant,
  token,
  onRevoked,
  locale,
  words,
}: {
  restaurant: KioskRestaurant
  token: string
  onRevoked: () => void
  locale: Locale
  words: KioskWords
}) {
  const [step, setStep] = useState<'start' | 'contact'>('start')
  const [choice, setChoice] = useState<KioskChoice>(first)
  const { restaurantId } = restaurant
  const { snapshot: line, askNow } = useLine({ restaurantId, initial: null })
  const taking = useKioskTaking({ restaurantId, token, onRevoked, locale })
  const begin = () => {
    setStep('start')
    setChoice(first)
    taking.forget()
    askNow()
    // Without a network the page would be lost; the next guest finds the language's button.
    if (locale !== defaultLocale && navigator.onLine)
      window.location.replace(localisePath({ path: '/owner/kiosk', locale: defaultLocale }))
  }
  const { taken, isRunning } = taking
  useWakeLock()
  const isUntouched =
    step === 'start' &&
    locale === defaultLocale &&
    choice.partySize === first.partySize &&
    choice.dining === first.dining
  const isWatching = !taken && !isRunning && !isUntouched
  const left = useIdle({ afterMs: IDLE_MS, isWatching, onIdle: begin })
  const name = nameRestaurant({ restaurant, locale })
  const shut = line && whyShut(line)
  const told = { locale, words }
  return (
    <>
      <header className="flex items-center justify-between gap-4">
        <p className="text-28 leading-tight font-bold" lang={name.lang}>
          {name.text}
        </p>
        {step === 'start' && !taken && (
          <LanguageLink
            locale={locale === 'ko' ? 'en' : 'ko'}
            words={{ name: words.language, short: words.language, label: words.language }}
          />
        )}
      </header>
      {taken && <TicketStep ticket={taken} onDone={begin} {...told} />}
      {!taken && shut && (
        <KioskMessage
          {...told}
          title={words[shut]}
          text={[
            line.reason,
            shut === 'OUTSIDE_HOURS' &&
              line.opensAt &&
              fillIn(words.opensAt, {
                when: tellMoment({
                  at: line.opensAt,
                  now: line.asOf,
                  timeZone: line.timeZone,
                  locale,
                }),
              }),
            words.shutText,
          ]
            .filter(Boolean)
            .join(' ')}
        />
      )}
      {!taken && !shut && step === 'start' && (
        <StartStep
          choice={choice}
          waiting={line ? line.waiting : null}
          onChange={(change) => setChoice({ ...choice, ...change })}
          onNext={() => setStep('contact')}
          words={words}
        />
      )}
      {!taken && !shut && step === 'contact' && (
        <ContactStep
          taking={taking}
          restaurant={name.text}
          onBack={() => {
            taking.forget()
            setStep('start')
          }}
          onTake={(contact: Contact) => void taking.take({ ...choice, contact })}
          words={words}
        />
      )}
      <StartingOver seconds={left} words={words} />
    </>
  )
}
