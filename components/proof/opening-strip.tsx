import clsx from 'clsx'
import { fillIn } from '@/components/ui/words'
import type { ProofSummary } from '@/domain/proof/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatSeconds } from '@/lib/i18n/moment'
import { formatNumber } from '@/lib/i18n/number'

/** Lobby, order and turns, one after the other: a strip, or a list on a phone. Not to scale. */
export function OpeningStrip({
  summary: { facts, counts },
  timeZone,
  locale,
  words,
}: {
  summary: ProofSummary
  timeZone: string
  locale: Locale
  words: Messages['proof']['strip']
}) {
  const { lobbyOpensAt, opensAt, orderBy } = facts.announcement
  const time = (at: string) => formatSeconds({ at, timeZone })
  const format = (value: number) => formatNumber({ value, locale })
  const steps = [
    {
      name: words.lobby,
      at: fillIn(words.fromTo, { from: time(lobbyOpensAt), to: time(opensAt) }),
      text: fillIn(words.people, { count: format(facts.entryCount) }),
      bar: 'bg-waiting',
    },
    {
      name: words[orderBy],
      at: time(facts.drawnAt),
      text: fillIn(words.late, { count: format(counts.late) }),
      bar: 'bg-accent',
    },
    {
      name: words.turns,
      at: fillIn(words.from, { from: time(facts.drawnAt) }),
      text: fillIn(words.given, {
        turns: format(counts.turns),
        sold: format(counts.sold),
        capacity: format(counts.capacity),
      }),
      bar: 'bg-confirmed',
    },
  ]
  return (
    <ol className="flex flex-col gap-3 md:grid md:grid-cols-3 md:gap-1">
      {steps.map(({ name, at, text, bar }) => (
        <li key={name} className="flex gap-3 md:flex-col md:gap-2">
          <span aria-hidden className={clsx('w-2 shrink-0 rounded-small md:h-2 md:w-auto', bar)} />
          <p className="min-w-0 tabular-nums">
            <span className="block font-semibold">{name}</span>
            <span className="block">{at}</span>
            <span className="block text-15 text-quiet">{text}</span>
          </p>
        </li>
      ))}
    </ol>
  )
}
