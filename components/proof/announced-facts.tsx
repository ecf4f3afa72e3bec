import { fillIn } from '@/components/ui/words'
import type { Opening } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'
import { FactList, FactSection, FoldedFacts, HexText } from './fact-list'

const DRAND_ROUND =
  'https://api.drand.sh/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971/public'

/** Chooses the sentence that is true of the beacon, before the draw and after either outcome. */
function chooseWords({ beacon: { name, value }, drawnAt }: Opening) {
  if (name === null) return 'none'
  if (name === 'local') return 'local'
  if (drawnAt === null) return 'drandBefore'
  return value === null ? 'silent' : 'drand'
}

/** The source of the randomness, stated plainly also when it is only ours. */
function Beacon({
  opening,
  words: { beacon: words, fold },
}: {
  opening: Opening
  words: Pick<Messages['proof'], 'beacon' | 'fold'>
}) {
  const { name, value, proof } = opening.beacon
  const isDrawn = opening.drawnAt !== null
  const round = opening.beacon.round ?? 0
  const isDrand = name === 'drand-quicknet'
  return (
    <FactSection id="beacon" title={words.title}>
      <p>{fillIn(words[chooseWords(opening)], { round })}</p>
      {isDrand && isDrawn && (
        <a
          href={`${DRAND_ROUND}/${round}`}
          rel="noreferrer"
          className="inline-flex min-h-12 items-center self-start underline"
        >
          {words.drandLink}
        </a>
      )}
      {isDrand && value && (
        <FoldedFacts
          title={fold}
          facts={[
            [words.value, <HexText key="value">{value}</HexText>],
            [words.proof, <HexText key="proof">{proof ?? ''}</HexText>],
          ]}
        />
      )}
    </FactSection>
  )
}

/** What was public before the first entry, including the named source of randomness. */
export function AnnouncedFacts({
  opening,
  timeZone,
  locale,
  words,
}: {
  opening: Opening
  timeZone: string
  locale: Locale
  words: Messages['proof']
}) {
  const { announcement, orderBy, commitment } = opening
  const name = (at: string) => nameMoment({ at, timeZone, locale, toSecond: true })
  const { announced } = words
  return (
    <>
      <FactSection id="announced" title={announced.title}>
        <FactList
          facts={[
            [announced.at, name(announcement.announcedAt)],
            [announced.opens, name(opening.opensAt)],
            [announced.order, announced[orderBy]],
            [
              announced.rate,
              fillIn(announced.rateValue, {
                rate: Math.round(announcement.turnsPerSecond * 6_000) / 100,
              }),
            ],
          ]}
        />
        <FoldedFacts
          title={words.fold}
          facts={[
            [announced.commitment, <HexText key="commitment">{commitment}</HexText>],
            [announced.hash, <HexText key="hash">{announcement.hash}</HexText>],
          ]}
        />
      </FactSection>
      {orderBy === 'DRAW' && <Beacon opening={opening} words={words} />}
    </>
  )
}
