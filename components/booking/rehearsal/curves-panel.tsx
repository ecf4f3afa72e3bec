'use client'

import { useEffect, useState } from 'react'
import { poll } from '@/components/ui/client/poll'
import { Part } from '@/components/ui/facts'
import type { OpeningCurves } from '@/domain/booking/opening-curves.schema'
import type { RehearsalCurves } from '@/domain/opening/rehearsal.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { type Curve, CurveChart } from './curve-chart'
import { CurveTable } from './curve-table'

type Words = Messages['rehearsal']['curves']

/**
 * Rehearsed and real curves of an opening, one beside the other; live while it runs. `isOver`:
 * nothing more will happen.
 */
export function CurvesPanel({
  openingId,
  rehearsed,
  initial,
  isOver,
  locale,
  words,
}: {
  openingId: string
  rehearsed: RehearsalCurves | null
  initial: OpeningCurves | null
  isOver: boolean
  locale: Locale
  words: Words
}) {
  const real = useCurves({ openingId, initial, isOver, locale })
  const hasReal = real !== null && real.entered.length > 0 && (isOver || real.isRunning)
  const shown = hasReal ? real : null
  const grid = shown ?? rehearsed
  const lead = nameState({ isOver, hasReal, hasRehearsed: rehearsed !== null, words })
  // Another rehearsal since: its instants are others until the next answer.
  const isSame =
    !shown ||
    !rehearsed ||
    (shown.fromSeconds === rehearsed.fromSeconds && shown.stepSeconds === rehearsed.stepSeconds)
  return (
    <Part id="curves" title={words.title} lead={lead}>
      {grid && isSame && (
        <>
          <div className="grid gap-3 lg:grid-cols-3">
            {listCharts({ rehearsed, real: shown, words }).map(({ title, curves }) => (
              <CurveChart
                key={title}
                title={title}
                curves={curves}
                fromSeconds={grid.fromSeconds}
                stepSeconds={grid.stepSeconds}
                locale={locale}
                words={words}
              />
            ))}
          </div>
          <CurveTable rehearsed={rehearsed} real={shown} locale={locale} words={words} />
        </>
      )}
    </Part>
  )
}

function nameState({
  isOver,
  hasReal,
  hasRehearsed,
  words,
}: {
  isOver: boolean
  hasReal: boolean
  hasRehearsed: boolean
  words: Words
}): string {
  if (hasReal && !isOver) return words.live
  if (hasReal) return hasRehearsed ? words.pastBoth : words.past
  return hasRehearsed ? words.ahead : words.none
}

function listCharts({
  rehearsed,
  real,
  words,
}: {
  rehearsed: RehearsalCurves | null
  real: OpeningCurves | null
  words: Words
}): { title: string; curves: Curve[] }[] {
  const both = (of: 'entered' | 'turns' | 'seatsLeft'): Curve[] => [
    { kind: 'rehearsed', name: words.rehearsed, values: rehearsed?.[of] ?? [] },
    { kind: 'real', name: words.real, values: real?.[of] ?? [] },
  ]
  const arrived: Curve = { kind: 'arrived', name: words.arrived, values: rehearsed?.arrived ?? [] }
  return [
    { title: words.entered, curves: [arrived, ...both('entered')] },
    { title: words.turns, curves: both('turns') },
    { title: words.seatsLeft, curves: both('seatsLeft') },
  ]
}

/** The real curves, followed until there is nothing more to come. */
function useCurves({
  openingId,
  initial,
  isOver,
  locale,
}: {
  openingId: string
  initial: OpeningCurves | null
  isOver: boolean
  locale: Locale
}): OpeningCurves | null {
  const [heard, setHeard] = useState<OpeningCurves | null>(null)
  useEffect(() => {
    if (isOver) return
    const { stop } = poll<OpeningCurves>({
      url: `/api/v1/openings/${openingId}/curves`,
      locale,
      onNews: ({ value }) => setHeard(value),
    })
    return stop
  }, [openingId, isOver, locale])
  const isNewer = heard && initial && heard.asOf < initial.asOf
  return heard && !isNewer ? heard : initial
}
