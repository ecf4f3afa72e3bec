import { wordOf } from '@/components/notification/notice-rows'
import { Mark, type MarkTone } from '@/components/ui/facts'
import { PageLink } from '@/components/ui/page-link'
import { Rows } from '@/components/ui/paged-list'
import { fillIn } from '@/components/ui/words'
import type { NoticeLine } from '@/domain/notification/history.schema'
import { isAddressed } from '@/domain/notification/rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'
import { SendAgain } from './send-again'

const tones: Record<NoticeLine['state'], MarkTone> = {
  QUEUED: 'waiting',
  SENT: 'confirmed',
  DEAD: 'refusal',
  DROPPED: 'quiet',
}

type Told = {
  timeZone: string
  locale: Locale
  words: Messages['notice']['history']
  names: Messages['admin']['notices']
}

/** The time a notice was sent, will be sent, or was created. */
function describeWhen({
  line,
  timeZone,
  locale,
  words,
}: Omit<Told, 'names'> & { line: NoticeLine }): string {
  const format = (at: string) => nameInstant({ at, timeZone, locale })
  if (line.sentAt) return fillIn(words.sentAt, { time: format(line.sentAt) })
  if (line.state === 'QUEUED') return fillIn(words.dueAt, { time: format(line.dueAt) })
  return fillIn(words.queuedAt, { time: format(line.queuedAt) })
}

/** Why a notice did not use its recipient's chosen channel, and whether it bounced. */
function Route({ line, words }: { line: NoticeLine; words: Told['words'] }) {
  const routed = new Map(Object.entries(words.routed)).get(line.routedBecause ?? '')
  return (
    <>
      {routed && <span className="text-15 text-quiet">{routed}</span>}
      {line.isBounced && (
        <span className="text-15 text-refusal">
          {[words.bounced, line.lastError].filter(Boolean).join(' · ')}
        </span>
      )}
    </>
  )
}

/** Notices with their recipients and progress, and a retry for those not delivered. */
export function NoticeHistory({
  notices,
  restaurantId,
  toText,
  ...told
}: Told & {
  notices: NoticeLine[]
  restaurantId: string | null
  /** The address of a notice's own text. */
  toText: (noticeId: string) => string
}) {
  const { timeZone, locale, words, names } = told
  return (
    <Rows>
      {notices.map((line) => (
        <li key={line.id} className="flex items-start justify-between gap-3 px-4 py-3">
          <div className="flex min-w-0 flex-col gap-0.5">
            <PageLink
              href={toText(line.id)}
              locale={locale}
              className="-my-2 flex min-h-12 items-center self-start font-semibold text-ink"
            >
              {wordOf(names.kinds, line.kind)}
            </PageLink>
            <span className="text-15 text-quiet tabular-nums wrap-anywhere">
              {[
                describeWhen({ line, timeZone, locale, words }),
                wordOf(words.channels, line.channel),
                isAddressed(line) ? line.recipient : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <Route line={line} words={words} />
            {line.lastError && line.state !== 'SENT' && (
              <span className="text-15 text-refusal wrap-anywhere">
                {`${fillIn(words.attempts, { count: line.attempts })} · ${line.lastError}`}
              </span>
            )}
            {line.droppedBecause && (
              <span className="text-15 text-quiet">
                {wordOf(words.because, line.droppedBecause)}
              </span>
            )}
            {line.state === 'DEAD' && (
              <SendAgain
                noticeId={line.id}
                restaurantId={restaurantId}
                locale={locale}
                words={words}
              />
            )}
          </div>
          <Mark tone={tones[line.state]}>{names.states[line.state]}</Mark>
        </li>
      ))}
    </Rows>
  )
}
