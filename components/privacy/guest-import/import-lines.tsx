import { fillIn } from '@/components/ui/words'
import type { LineVerdict } from '@/domain/guest/import.schema'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['guests']

const needsLook = ({ verdict, warnings }: LineVerdict) =>
  verdict === 'REFUSED' || verdict === 'SAME' || warnings.length > 0

function nameRefusal({ line: { reason, column }, words }: { line: LineVerdict; words: Words }) {
  if (!reason) return []
  const text = words.import.reasons[reason]
  if (!column) return [text]
  return [fillIn(words.import.inColumn, { column: words.file.columns[column], reason: text })]
}

const listReasons = ({ line, words }: { line: LineVerdict; words: Words }): string[] => [
  ...(line.sameAs === undefined ? [] : [fillIn(words.import.sameAs, { line: line.sameAs })]),
  ...nameRefusal({ line, words }),
  ...line.warnings.map((warning) => words.import.warnings[warning]),
]

/** Lines that are left out, in whole or in part, each with its number in the file and why. */
export function ImportLines({
  verdicts,
  most,
  words,
}: {
  verdicts: LineVerdict[]
  most: number
  words: Words
}) {
  const lines = verdicts.filter(needsLook)
  if (lines.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{words.import.attention}</h3>
      <ul className="divide-y divide-line rounded-small border border-line bg-raised">
        {lines.slice(0, most).map((line) => (
          <li key={line.line} className="flex flex-wrap gap-x-4 px-4 py-3">
            <span className="w-28 shrink-0 font-medium tabular-nums">
              {fillIn(words.import.line, { line: line.line })}
            </span>
            <span className="min-w-0 grow">{listReasons({ line, words }).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {lines.length >= most && (
        <p className="text-15 text-quiet">{fillIn(words.import.more, { most })}</p>
      )}
    </section>
  )
}
