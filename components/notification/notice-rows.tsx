import { Mark, type MarkTone } from '@/components/ui/facts'
import { Rows } from '@/components/ui/paged-list'
import { fillIn } from '@/components/ui/words'
import type { NoticeLine } from '@/domain/notification/history.schema'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'

type Words = Messages['admin']['notices']

const tones: Record<NoticeLine['state'], MarkTone> = {
  QUEUED: 'waiting',
  SENT: 'confirmed',
  DEAD: 'refusal',
  DROPPED: 'quiet',
}

/** Falls back to the name itself, which may be newer than the messages. */
export function wordOf(words: Record<string, string>, name: string): string {
  return Object.hasOwn(words, name) ? (words[name] ?? name) : name
}

/** The notices sent to a person, and whether they arrived. Their text stays private. */
export function NoticeRows({
  notices,
  locale,
  words,
}: {
  notices: NoticeLine[]
  locale: Locale
  words: Words
}) {
  return (
    <Rows>
      {notices.map(({ id, kind, recipient, state, queuedAt, sentAt, attempts, lastError }) => (
        <li key={id} className="flex items-center justify-between gap-3 px-4 py-2.5">
          <div className="flex min-w-0 flex-col">
            <span className="font-semibold">{wordOf(words.kinds, kind)}</span>
            <span className="text-15 text-quiet tabular-nums">
              {`${nameInstant({ at: sentAt ?? queuedAt, timeZone: ADMIN_TIME_ZONE, locale })} · ${recipient}`}
            </span>
            {lastError && state !== 'SENT' && (
              <span className="text-15 text-refusal">
                {`${fillIn(words.attempts, { count: attempts })} · ${lastError}`}
              </span>
            )}
          </div>
          <Mark tone={tones[state]}>{words.states[state]}</Mark>
        </li>
      ))}
    </Rows>
  )
}
