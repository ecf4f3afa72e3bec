import { fillIn } from '@/components/ui/words'
import type { AccountAges, ProofSummary } from '@/domain/proof/schema'
import type { Messages } from '@/lib/i18n/messages'
import { formatSeconds } from '@/lib/i18n/moment'
import { formatNumber } from '@/lib/i18n/number'
import { FactList, FactSection, FoldedFacts, HexText } from './fact-list'

const AGES = ['0', '1', '7', '30', '365'] as const

/** A bar for each account age. The words beside it say the same. */
function AgePicture({ ages, words }: { ages: AccountAges; words: Messages['proof']['ages'] }) {
  const all = AGES.reduce((sum, age) => sum + (ages[age] ?? 0), 0)
  if (all === 0) return <p className="text-quiet">{words.none}</p>
  return (
    <>
      <p className="text-quiet">{words.lead}</p>
      <dl className="flex flex-col gap-2">
        {AGES.map((age) => {
          const count = ages[age] ?? 0
          const percent = Math.round((count / all) * 100)
          return (
            <div key={age} className="grid grid-cols-[112px_1fr] items-center gap-x-3 gap-y-0.5">
              <dt className="text-15">{words[age]}</dt>
              <dd className="flex min-w-0 items-center gap-3">
                <span
                  aria-hidden
                  className="h-4 min-w-0.5 rounded-small bg-confirmed"
                  style={{ width: `${percent * 0.6}%` }}
                />
                <span className="text-15 whitespace-nowrap tabular-nums">
                  {fillIn(words.value, {
                    count: formatNumber({ value: count, locale: 'en' }),
                    percent,
                  })}
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </>
  )
}

/** How often latecomers were drawn, and from when nobody was any more. */
function nameCohorts({
  facts: { announcement, cohorts },
  drawn,
}: {
  facts: ProofSummary['facts']
  drawn: Messages['proof']['drawn']
}): string {
  return fillIn(drawn.cohortsValue, {
    seconds: announcement.cohortSeconds ?? 0,
    draws: cohorts.length,
  })
}

/** The participants, and the inputs of the order. */
export function DrawnFacts({
  summary,
  timeZone,
  words,
}: {
  summary: ProofSummary
  timeZone: string
  words: Messages['proof']
}) {
  const { facts, counts } = summary
  const { drawn, ages } = words
  const people = (count: number) =>
    fillIn(drawn.people, { count: formatNumber({ value: count, locale: 'en' }) })
  const time = (at: string) => formatSeconds({ at, timeZone })
  return (
    <>
      <FactSection id="drawn" title={drawn.title}>
        <FactList
          facts={[
            [drawn.frozen, time(facts.frozenAt)],
            [drawn.at, time(facts.drawnAt)],
            [drawn.entries, people(facts.entryCount)],
            [drawn.late, people(counts.late)],
            ...(facts.announcement.cohortSeconds === null
              ? []
              : [[drawn.cohorts, nameCohorts({ facts, drawn })] as [string, string]]),
          ]}
        />
        <FoldedFacts
          title={words.fold}
          facts={[
            [drawn.entriesHash, <HexText key="entries">{facts.entriesHash}</HexText>],
            [drawn.secret, <HexText key="secret">{facts.secret}</HexText>],
            [drawn.seed, <HexText key="seed">{facts.orderSeed}</HexText>],
          ]}
        />
        <p className="text-15 text-quiet">{drawn.formula}</p>
      </FactSection>
      <FactSection id="ages" title={ages.title}>
        <AgePicture ages={facts.accountAges ?? {}} words={ages} />
      </FactSection>
    </>
  )
}
