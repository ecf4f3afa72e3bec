import { Mark, type MarkTone } from '@/components/ui/facts'
import { fillIn } from '@/components/ui/words'
import type { DisputeLine } from '@/domain/booking/dispute.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'
import { DecideDispute } from './decide-dispute'

type Words = Messages['owner']['disputes']
type Told = { timeZone: string; locale: Locale; words: Words }

export function DisputeList({ disputes, ...told }: Told & { disputes: DisputeLine[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {disputes.map((dispute) => (
        <li key={dispute.id}>
          <DisputeCard dispute={dispute} {...told} />
        </li>
      ))}
    </ul>
  )
}

function nameState(granted: boolean | null): {
  word: 'waiting' | 'granted' | 'declined'
  tone: MarkTone
} {
  if (granted === null) return { word: 'waiting', tone: 'waiting' }
  return granted ? { word: 'granted', tone: 'confirmed' } : { word: 'declined', tone: 'quiet' }
}

function DisputeCard({
  dispute: { id, serviceDate, startsAt, partySize, name, text, disputedAt, granted },
  timeZone,
  locale,
  words,
}: Told & { dispute: DisputeLine }) {
  const at = { timeZone, locale }
  const { word, tone } = nameState(granted)
  return (
    <article className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4">
      <div className="flex items-start justify-between gap-3">
        <h2 className="font-bold">
          <bdi>{name ?? words.nameless}</bdi>
        </h2>
        <Mark tone={tone}>{words[word]}</Mark>
      </div>
      <p className="tabular-nums">
        {fillIn(words.visit, {
          when: nameInstant({ at: startsAt, serviceDate, ...at }),
          count: partySize,
        })}
      </p>
      <p className="whitespace-pre-line">{text === null ? words.forgotten : <bdi>{text}</bdi>}</p>
      <p className="text-15 text-quiet tabular-nums">
        {fillIn(words.sentAt, { time: nameInstant({ at: disputedAt, ...at }) })}
      </p>
      {granted === null && <DecideDispute reservationId={id} locale={locale} words={words} />}
    </article>
  )
}
