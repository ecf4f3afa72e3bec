import { CheckIcon, CrossIcon } from '@/components/ui/icons'
import { InfoIcon } from '@/components/ui/message-icons'
import { fillIn } from '@/components/ui/words'
import type { Message } from '@/lib/i18n/message'
import type { Messages } from '@/lib/i18n/messages'
import { formatSeconds } from '@/lib/i18n/moment'
import type { Check } from './use-verifier'

const looks = {
  ok: { Icon: CheckIcon, mark: 'text-confirmed' },
  bad: { Icon: CrossIcon, mark: 'text-refusal' },
  note: { Icon: InfoIcon, mark: 'text-waiting' },
}

/** Only the verifier's file knows which check has which facts. */
type SentencesByCheck = Record<string, { title: string } & Record<string, string | Message<string>>>

/** A check in words: instants in the restaurant's zone, entries by their first letters. */
function sayCheck({
  check: { id, state, why, ...facts },
  timeZone,
  checks,
}: {
  check: Check
  timeZone: string
  checks: SentencesByCheck
}) {
  const said = checks[id]
  const shown = Object.entries(facts).map(([name, value]): [string, string | number] => {
    if (typeof value !== 'string') return [name, value ?? '']
    if (name.endsWith('At')) return [name, formatSeconds({ at: value, timeZone })]
    return [name, name === 'entry' ? value.slice(0, 6) : value]
  })
  const sentence = said?.[state === 'ok' ? 'ok' : (why ?? '')] ?? why ?? ''
  return { title: said?.title ?? id, text: fillIn(sentence, Object.fromEntries(shown)) }
}

/** The checks, with ✓ or ✗ and in words. */
export function CheckList({
  checks,
  timeZone,
  words,
}: {
  checks: Check[]
  timeZone: string
  words: Pick<Messages['proof'], 'check' | 'checks'>
}) {
  return (
    <ol className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
      {checks.map((check) => {
        const { Icon, mark } = looks[check.state]
        const { title, text } = sayCheck({ check, timeZone, checks: words.checks })
        return (
          <li key={`${check.id} ${check.entry ?? ''}`} className="flex gap-3 p-4">
            <span className={`mt-0.5 shrink-0 ${mark}`}>
              <Icon />
            </span>
            <div className="min-w-0">
              <p className="font-semibold">
                {title} <span className={`font-medium ${mark}`}>{words.check[check.state]}</span>
              </p>
              <p className="text-15 break-words text-quiet tabular-nums">{text}</p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
