import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { Opening } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['opening']['fair']

/** The beacon and its worth: says plainly when the operator could have known the order (G13). */
function describeBeacon({ opening: { beacon }, words }: { opening: Opening; words: Words }) {
  switch (beacon.name) {
    case 'drand-quicknet':
      return { name: fillIn(words.drand, { round: beacon.round ?? '' }), text: words.drandText }
    case 'local':
      return { name: words.local, text: words.localText }
    case null:
      return { name: words.none, text: words.noneText }
  }
}

/** Why not even the operator could steer the order, and where to check that. */
export function Fairness({
  opening,
  time,
  locale,
  words,
}: {
  opening: Opening
  /** '10:00' */
  time: string
  locale: Locale
  words: Words
}) {
  const isDrawn = opening.orderBy === 'DRAW'
  const how = { 'drand-quicknet': words.draw, local: words.drawLocal, none: words.drawWithout }
  return (
    <div className="flex flex-col gap-4">
      <p>{isDrawn ? fillIn(how[opening.beacon.name ?? 'none'], { time }) : words.arrival}</p>
      {isDrawn && <Sealed opening={opening} words={words} />}
      <p>{isDrawn ? words.open : words.openArrival}</p>
      <PageLink
        href={`/openings/${opening.id}/proof`}
        locale={locale}
        className={`${styleButton({ tone: 'outline' })} w-fit`}
      >
        {words.proof}
      </PageLink>
    </div>
  )
}

/** The values published with the announcement. */
function Sealed({ opening, words }: { opening: Opening; words: Words }) {
  const beacon = describeBeacon({ opening, words })
  const isSilent =
    opening.drawnAt !== null && opening.beacon.name !== null && opening.beacon.value === null
  return (
    <dl className="flex flex-col gap-4 rounded-small border border-line bg-raised p-4 text-15">
      <div className="flex flex-col gap-1">
        <dt className="font-semibold">{words.commitment}</dt>
        <dd className="font-mono break-all text-quiet">{opening.commitment}</dd>
      </div>
      <div className="flex flex-col gap-1">
        <dt className="font-semibold">{words.beacon}</dt>
        <dd className="font-medium tabular-nums">{beacon.name}</dd>
        <dd className="text-quiet">{beacon.text}</dd>
        {isSilent && <dd className="font-medium text-waiting">{words.silent}</dd>}
      </div>
    </dl>
  )
}
