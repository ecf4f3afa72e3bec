import { fillIn } from '@/components/ui/words'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['legal']['privacy']

/** How long each thing is kept, from the table that the sweep works through. */
export function RetentionTable({
  retention,
  words,
}: {
  retention: readonly {
    what: keyof Words['kinds']
    keptFor: keyof Words['lengths']
    since: keyof Words['since']
  }[]
  words: Words
}) {
  return (
    <section aria-labelledby="kept" className="flex flex-col gap-2">
      <h2 id="kept" className="text-20 font-bold">
        {words.kept}
      </h2>
      <dl className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
        <Kept what={words.keptAccount} length={words.keptAccountFor} />
        {retention.map(({ what, keptFor, since }) => (
          <Kept
            key={what}
            what={words.kinds[what]}
            length={fillIn(words.keptSince, {
              since: words.since[since],
              length: words.lengths[keptFor],
            })}
          />
        ))}
      </dl>
    </section>
  )
}

function Kept({ what, length }: { what: string; length: string }) {
  return (
    <div className="flex flex-col gap-1 p-4">
      <dt>{what}</dt>
      <dd className="font-semibold">{length}</dd>
    </div>
  )
}
