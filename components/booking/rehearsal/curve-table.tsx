import { fillIn } from '@/components/ui/words'
import type { OpeningCurves } from '@/domain/booking/opening-curves.schema'
import type { RehearsalCurves } from '@/domain/opening/rehearsal.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatNumber } from '@/lib/i18n/number'

const MOST_ROWS = 15

/** The same as the curves, at fewer instants, for people who don't see them. */
export function CurveTable({
  rehearsed,
  real,
  locale,
  words,
}: {
  rehearsed: RehearsalCurves | null
  real: OpeningCurves | null
  locale: Locale
  words: Messages['rehearsal']['curves']
}) {
  const { fromSeconds, stepSeconds } = rehearsed ?? real ?? { fromSeconds: 0, stepSeconds: 1 }
  const points = Math.max(rehearsed?.entered.length ?? 0, real?.entered.length ?? 0)
  const every = Math.max(1, Math.ceil(points / MOST_ROWS))
  const rows = Array.from({ length: points }, (_, place) => place).filter(
    (place) => place % every === 0 || place === points - 1,
  )
  const name = (what: string, of: string) => `${what} (${of})`
  const columns: [string, number[]][] = [
    ...(rehearsed
      ? ([
          [words.arrived, rehearsed.arrived],
          [name(words.entered, words.rehearsed), rehearsed.entered],
          [name(words.turns, words.rehearsed), rehearsed.turns],
          [name(words.seatsLeft, words.rehearsed), rehearsed.seatsLeft],
        ] satisfies [string, number[]][])
      : []),
    ...(real && real.entered.length > 0
      ? ([
          [name(words.entered, words.real), real.entered],
          [name(words.turnsReal, words.real), real.turns],
          [name(words.seatsLeft, words.real), real.seatsLeft],
        ] satisfies [string, number[]][])
      : []),
  ]
  const tell = (value: number | undefined) =>
    value === undefined ? '' : formatNumber({ value, locale })
  return (
    <details className="rounded-card border border-line bg-raised">
      <summary className="flex min-h-12 items-center px-4 font-medium">{words.table}</summary>
      <section
        aria-label={words.table}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto px-4 pb-4"
      >
        <table className="w-full text-left text-15 tabular-nums">
          <thead>
            <tr>
              <th scope="col" className="py-1 pr-3 font-medium">
                {words.time}
              </th>
              {columns.map(([title]) => (
                <th key={title} scope="col" className="py-1 pr-3 font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((place) => (
              <tr key={place} className="border-t border-line">
                <th scope="row" className="py-1 pr-3 font-normal whitespace-nowrap">
                  {fillIn(words.at, { time: tell(fromSeconds + place * stepSeconds) })}
                </th>
                {columns.map(([title, values]) => (
                  <td key={title} className="py-1 pr-3">
                    {tell(values[place])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
