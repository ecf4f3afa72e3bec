'use client'

import { Button } from '@/components/ui/button'
import { CheckField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import { countTurns, suggestRate } from '@/domain/opening/plan.rules'
import { readCount } from '@/lib/text/typed-number'
import { NumberLine } from './number-line'
import { readRate, type TermsDraft, toPerMinute } from './terms-draft'
import type { PlanWords } from './types'

type Words = PlanWords['form']

/** The typed rate's effect at this restaurant; nothing while the text is no rate. */
function RateMeaning({
  draft,
  seatingMinutes,
  words,
}: {
  draft: TermsDraft
  seatingMinutes: number
  words: Words
}) {
  const turnsPerSecond = readRate(draft.turnsPerMinute)
  const gateMinutes = readCount(draft.gateMinutes)
  const isRead = turnsPerSecond > 0 && gateMinutes > 0
  return (
    <p role="status" className="text-15 text-quiet tabular-nums">
      {isRead &&
        fillIn(words.rateMeans, {
          gate: gateMinutes,
          total: countTurns({ turnsPerSecond, gateMinutes }),
          seating: seatingMinutes,
        })}
    </p>
  )
}

/** Lobby, gate, rate and order. */
export function TermsFields({
  draft,
  change,
  invalid,
  slots,
  seatingMinutes,
  words,
}: {
  draft: TermsDraft
  change: (part: Partial<TermsDraft>) => void
  invalid: ReadonlySet<string>
  /** The slots of a usual day; 0: there is no schedule. */
  slots: number
  seatingMinutes: number
  words: Words
}) {
  const error = (field: 'lobbyMinutes' | 'gateMinutes' | 'turnsPerSecond') =>
    invalid.has(field) && words.errors[field]
  const suggested = String(toPerMinute(suggestRate(slots)))
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        <NumberLine
          name="lobbyMinutes"
          label={words.lobbyMinutes}
          hint={words.lobbyHint}
          value={draft.lobbyMinutes}
          error={error('lobbyMinutes')}
          onChange={(lobbyMinutes) => change({ lobbyMinutes })}
        />
        <NumberLine
          name="gateMinutes"
          label={words.gateMinutes}
          hint={words.gateHint}
          value={draft.gateMinutes}
          error={error('gateMinutes')}
          onChange={(gateMinutes) => change({ gateMinutes })}
        />
      </div>
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-end gap-3">
          <NumberLine
            name="turnsPerSecond"
            label={words.rate}
            value={draft.turnsPerMinute}
            error={error('turnsPerSecond')}
            isDecimal
            onChange={(turnsPerMinute) => change({ turnsPerMinute })}
          />
          {slots > 0 && draft.turnsPerMinute !== suggested && (
            <Button tone="outline" onClick={() => change({ turnsPerMinute: suggested })}>
              {fillIn(words.useSuggested, { rate: suggested })}
            </Button>
          )}
        </div>
        <p className="text-15 text-quiet tabular-nums">
          {slots > 0 ? fillIn(words.rateHint, { slots, rate: suggested }) : words.rateNoSlots}
        </p>
        <RateMeaning draft={draft} seatingMinutes={seatingMinutes} words={words} />
      </div>
      <fieldset>
        <legend className="font-medium">{words.order}</legend>
        {(['DRAW', 'ARRIVAL'] as const).map((orderBy) => (
          <CheckField
            key={orderBy}
            type="radio"
            name="orderBy"
            label={words[orderBy]}
            hint={words[`${orderBy}Hint`]}
            checked={draft.orderBy === orderBy}
            onChange={() => change({ orderBy })}
          />
        ))}
      </fieldset>
    </>
  )
}
