import { toPerMinute } from '@/components/opening/plan/terms-draft'
import { Figures, Part } from '@/components/ui/facts'
import { fillIn } from '@/components/ui/words'
import type { RehearsalAdvice, Rehearsed } from '@/domain/opening/rehearsal.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'

type Words = Messages['rehearsal']

/** Tenths only where they tell something. */
const shorten = (seconds: number) => (seconds < 10 ? seconds : Math.round(seconds))

export function RehearsalResult({
  at,
  outcome: { settings, rates, figures, advice },
  timeZone,
  locale,
  words,
}: {
  at: string
  outcome: Rehearsed
  timeZone: string
  locale: Locale
  words: Words
}) {
  const told = words.result
  const moment = nameMoment({ at, timeZone, locale })
  const { enteringSeconds: entering, soldOutSeconds: soldOut, seatsLeft, seats } = figures
  const length = (seconds: number) => fillIn(told.seconds, { length: shorten(seconds) })
  return (
    <Part
      id="result"
      title={told.title}
      lead={fillIn(told.lead, { at: moment, people: settings.people })}
    >
      <Figures
        figures={[
          [
            told.entering,
            length(entering.most),
            fillIn(told.enteringMore, { length: shorten(entering.median) }),
          ],
          [
            told.soldOut,
            soldOut === null ? told.never : fillIn(told.after, { length: shorten(soldOut) }),
            soldOut === null
              ? fillIn(told.left, { seats: seatsLeft })
              : fillIn(told.sold, { seats }),
          ],
          [told.know, fillIn(told.after, { length: shorten(figures.allKnowSeconds) })],
          [
            told.late,
            fillIn(told.people, { people: figures.countedLate }),
            fillIn(told.lateMore, { people: figures.inLobby }),
          ],
        ]}
      />
      <Advice advice={advice} words={words} />
      <p className="text-15 text-quiet">
        {fillIn(told.measured, {
          entries: Math.round(rates.entriesPerSecond),
          bookings: Math.round(rates.bookingsPerSecond),
        })}{' '}
        {rates.requestsPerSecond === null && `${told.unreached} `}
        {told.choosing}
      </p>
    </Part>
  )
}

function Advice({ advice, words }: { advice: RehearsalAdvice[]; words: Words }) {
  const told = words.advice
  if (advice.length === 0) return <p className="font-medium text-confirmed">{told.none}</p>
  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-raised p-4">
      <h3 className="font-bold">{told.title}</h3>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {advice.map((each) => (
          <li key={each.kind}>
            <strong>{nameAdvice({ advice: each, words })}</strong>{' '}
            {fillIn(told[each.mends], {
              from: shorten(each.nowSeconds),
              to: shorten(each.thenSeconds),
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}

function nameAdvice({ advice: { kind, to }, words }: { advice: RehearsalAdvice; words: Words }) {
  const told = words.advice
  if (kind === 'earlier-lobby') return fillIn(told[kind], { minutes: to })
  if (kind === 'lower-rate') return fillIn(told[kind], { turns: toPerMinute(to) })
  return fillIn(told[kind], { times: to })
}
