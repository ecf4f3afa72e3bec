import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatNumber } from '@/lib/i18n/number'

const WIDTH = 300
const HEIGHT = 100

/** Told apart by how they are drawn; colour only helps. */
const strokes = {
  arrived: { dash: '1 5', className: 'stroke-quiet', cap: 'round' },
  rehearsed: { dash: '7 5', className: 'stroke-accent', cap: 'butt' },
  real: { dash: undefined, className: 'stroke-ink', cap: 'round' },
} as const

export interface Curve {
  kind: keyof typeof strokes
  name: string
  values: number[]
}

function drawPath({ values, points, most }: { values: number[]; points: number; most: number }) {
  const x = (place: number) => ((place / Math.max(1, points - 1)) * WIDTH).toFixed(1)
  const y = (value: number) => (HEIGHT - (value / most) * HEIGHT).toFixed(1)
  return values.map((value, place) => `${place ? 'L' : 'M'}${x(place)} ${y(value)}`).join('')
}

/** Counts over time, evenly spaced from `fromSeconds` on; a thin line marks the opening. */
export function CurveChart({
  title,
  curves,
  fromSeconds,
  stepSeconds,
  locale,
  words,
}: {
  title: string
  curves: Curve[]
  fromSeconds: number
  stepSeconds: number
  locale: Locale
  words: Messages['rehearsal']['curves']
}) {
  const drawn = curves.filter(({ values }) => values.length > 0)
  const points = Math.max(...drawn.map(({ values }) => values.length))
  const most = Math.max(1, ...drawn.flatMap(({ values }) => values))
  const toSeconds = fromSeconds + (points - 1) * stepSeconds
  const opensAt = (-fromSeconds / (toSeconds - fromSeconds)) * WIDTH
  const tell = (value: number) => formatNumber({ value, locale })
  const said = drawn.map(({ name, values }) =>
    fillIn(words.value, { what: name, number: tell(values.at(-1) ?? 0) }),
  )
  return (
    <figure className="flex min-w-0 flex-col gap-1 rounded-card border border-line bg-raised p-4">
      <figcaption className="flex items-baseline justify-between gap-2 font-bold">
        {title}
        <span aria-hidden className="text-15 font-normal text-quiet tabular-nums">
          {tell(most)}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${title}: ${said.join(', ')}`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-40 w-full overflow-visible border-b border-line"
      >
        {opensAt >= 0 && opensAt <= WIDTH && (
          <line
            x1={opensAt}
            x2={opensAt}
            y1={0}
            y2={HEIGHT}
            vectorEffect="non-scaling-stroke"
            className="stroke-line"
            strokeWidth={1}
          />
        )}
        {drawn.map(({ kind, values }) => (
          <path
            key={kind}
            d={drawPath({ values, points, most })}
            fill="none"
            vectorEffect="non-scaling-stroke"
            strokeWidth={kind === 'real' ? 3 : 2}
            strokeDasharray={strokes[kind].dash}
            strokeLinecap={strokes[kind].cap}
            strokeLinejoin="round"
            className={strokes[kind].className}
          />
        ))}
      </svg>
      <p aria-hidden className="flex justify-between text-15 text-quiet tabular-nums">
        <span>{fillIn(words.at, { time: tell(fromSeconds) })}</span>
        <span>{fillIn(words.at, { time: tell(toSeconds) })}</span>
      </p>
      <ul aria-hidden className="flex flex-wrap gap-x-4 text-15 tabular-nums">
        {drawn.map(({ kind, name, values }) => (
          <li key={kind} className="flex items-center gap-2">
            <svg aria-hidden="true" viewBox="0 0 28 8" className="h-2 w-7">
              <path
                d="M1 4L27 4"
                strokeWidth={kind === 'real' ? 3 : 2}
                strokeDasharray={strokes[kind].dash}
                strokeLinecap={strokes[kind].cap}
                className={strokes[kind].className}
              />
            </svg>
            {fillIn(words.value, { what: name, number: tell(values.at(-1) ?? 0) })}
          </li>
        ))}
      </ul>
    </figure>
  )
}
