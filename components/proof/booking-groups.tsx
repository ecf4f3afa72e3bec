import type { BookingGroups as Groups } from '@/domain/proof/schema'
import type { Messages } from '@/lib/i18n/messages'
import { FactSection } from './fact-list'

const NAMES = ['withTurn', 'beforeAnnouncement', 'byStaff', 'afterGate'] as const

/** Every booking in exactly one group, each with its number and what is true of it. */
export function BookingGroups({
  groups,
  words,
}: {
  groups: Groups
  words: Messages['proof']['groups']
}) {
  const names = groups.withoutTurn > 0 ? ([...NAMES, 'withoutTurn'] as const) : NAMES
  return (
    <FactSection id="groups" title={words.title}>
      <p className="text-quiet">{words.lead}</p>
      <dl className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
        {names.map((name) => (
          <div key={name} className="grid grid-cols-[1fr_auto] gap-x-4 p-4">
            <dt className="min-w-0">
              <span className="block font-semibold">{words[name].name}</span>
              <span
                className={`block text-15 ${name === 'withoutTurn' ? 'text-refusal' : 'text-quiet'}`}
              >
                {words[name].text}
              </span>
            </dt>
            <dd className="text-20 font-bold tabular-nums">{groups[name]}</dd>
          </div>
        ))}
      </dl>
    </FactSection>
  )
}
