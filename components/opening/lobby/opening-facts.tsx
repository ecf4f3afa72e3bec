import type { ReactNode } from 'react'
import { fillIn } from '@/components/ui/words'
import type { Opening } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatZone } from '@/lib/i18n/moment'
import { formatNumber } from '@/lib/i18n/number'
import { Fairness } from './fairness'
import type { nameTimes } from './times'

type Words = Pick<Messages['opening'], 'steps' | 'fair' | 'know'>
type Facts = {
  opening: Opening
  times: ReturnType<typeof nameTimes>
  timeZone: string
  locale: Locale
  words: Words
}

/**
 * The announced terms and the procedure: the same before, during and after the opening, and
 * readable without a script.
 */
export function OpeningFacts({ opening, times, timeZone, locale, words }: Facts) {
  return (
    <div className="flex min-w-0 flex-col gap-10">
      <Part title={words.steps.title}>
        <Steps opening={opening} times={times} locale={locale} words={words.steps} />
      </Part>
      <Part title={words.fair.title}>
        <Fairness opening={opening} time={times.time} locale={locale} words={words.fair} />
      </Part>
      <Part title={words.know.title}>
        <GoodToKnow
          zone={formatZone({ at: opening.opensAt, timeZone, locale })}
          words={words.know}
        />
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex max-w-page flex-col gap-4">
      <h2 className="text-20 font-bold">{title}</h2>
      {children}
    </section>
  )
}

type StepFacts = Pick<Facts, 'opening' | 'locale'> & { words: Words['steps'] }

/** '1초에 10명씩'; below one a second, the seconds for each person. */
function nameRate({ opening, locale, words }: StepFacts): string {
  const perSecond = opening.rates.at(-1)?.turnsPerSecond ?? 1
  return perSecond >= 1
    ? fillIn(words.rate, {
        count: formatNumber({ value: Math.round(perSecond * 10) / 10, locale }),
      })
    : fillIn(words.rateSlow, { seconds: Math.round(10 / perSecond) / 10 })
}

function Steps({ opening, times, locale, words }: StepFacts & { times: Facts['times'] }) {
  const isDrawn = opening.orderBy === 'DRAW'
  const steps = [
    [
      fillIn(words.lobby, { lobby: times.lobbyFrom }),
      isDrawn ? words.lobbyText : words.lobbyTextArrival,
    ],
    [
      fillIn(isDrawn ? words.draw : words.arrival, times),
      isDrawn ? words.drawText : words.arrivalText,
    ],
    [words.turn, fillIn(words.turnText, { rate: nameRate({ opening, locale, words }) })],
  ] as const
  return (
    <ol className="flex flex-col">
      {steps.map(([title, text], index) => (
        <li key={title} className="group relative flex gap-4 pb-6 last:pb-0">
          <span
            aria-hidden="true"
            className="absolute top-10 bottom-0 left-5 w-px bg-line group-last:hidden"
          />
          <span
            aria-hidden="true"
            className="grid size-10 shrink-0 place-items-center rounded-full border-2 border-accent bg-raised font-bold text-accent tabular-nums"
          >
            {index + 1}
          </span>
          <div className="flex flex-col gap-1 pt-1.5">
            <h3 className="font-semibold tabular-nums">{title}</h3>
            <p className="text-quiet">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}

function GoodToKnow({ zone, words }: { zone: string; words: Words['know'] }) {
  const known = [
    [words.away, words.awayText],
    [words.devices, words.devicesText],
    [words.network, words.networkText],
    [words.clock, `${words.clockText} ${fillIn(words.zone, { zone })}`],
  ] as const
  return (
    <dl className="grid gap-x-8 gap-y-4 md:grid-cols-2">
      {known.map(([question, answer]) => (
        <div key={question} className="flex flex-col gap-1">
          <dt className="font-semibold">{question}</dt>
          <dd className="text-quiet">{answer}</dd>
        </div>
      ))}
    </dl>
  )
}
