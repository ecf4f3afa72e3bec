import { wordOf } from '@/components/notification/notice-rows'
import { PageLink } from '@/components/ui/page-link'
import { Rows } from '@/components/ui/paged-list'
import { fillIn } from '@/components/ui/words'
import type { AuditLogLine } from '@/domain/admin/schema'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'

type Words = Messages['admin']['audit']
type Told = { line: AuditLogLine; locale: Locale; words: Words }

/** Actor, act, subject, time and address of each line, newest first. */
export function AuditLogRows({
  lines,
  locale,
  words,
}: {
  lines: AuditLogLine[]
  locale: Locale
  words: Words
}) {
  return (
    <Rows>
      {lines.map((line) => (
        <li key={line.id} className="flex flex-col gap-0.5 px-4 py-2.5">
          <p className={line.undoneAt ? 'line-through decoration-quiet' : undefined}>
            <Actor line={line} locale={locale} words={words} />
            {' · '}
            <strong className="font-semibold">{wordOf(words.acts, line.act)}</strong>
            {' · '}
            <Subject line={line} locale={locale} words={words} />
          </p>
          <Circumstances line={line} locale={locale} words={words} />
          <Details line={line} locale={locale} words={words} />
        </li>
      ))}
    </Rows>
  )
}

function Actor({ line, locale, words }: Told) {
  const { actorId, actorName, actorRole } = line
  const role = wordOf(words.roles, actorRole)
  if (actorRole === 'SERVICE' && !actorId) return <span>{words.service}</span>
  if (!actorId) return <span>{`${words.gone} (${role})`}</span>
  return (
    <span>
      <PageLink href={`/admin/people/${actorId}`} locale={locale} className="text-ink">
        <bdi>{actorName}</bdi>
      </PageLink>{' '}
      <span className="text-quiet">{role}</span>
    </span>
  )
}

/** The page of a line's subject; parts of a restaurant link to the restaurant. */
function pathOf({ subject, subjectId, restaurantId }: AuditLogLine): string | null {
  if (subject === 'RESERVATION') return `/admin/reservations/${subjectId}`
  if (subject === 'ACCOUNT') return `/admin/people/${subjectId}`
  return restaurantId && `/admin/restaurants/${restaurantId}`
}

function Subject({ line, locale, words }: Told) {
  const kind = wordOf(words.subjects, line.subject)
  const name = line.subject === 'ACCOUNT' ? line.subjectName : line.restaurantName
  const label = name ? `${kind} ${name}` : `${kind} ${line.subjectId.slice(0, 8)}`
  const path = pathOf(line)
  if (!path) return <span>{label}</span>
  return (
    <PageLink href={path} locale={locale} className="text-ink">
      <bdi>{label}</bdi>
    </PageLink>
  )
}

function Circumstances({ line, locale, words }: Told) {
  const { at, address, undoneAt, fromStatus, toStatus } = line
  return (
    <p className="text-15 text-quiet tabular-nums">
      {[
        nameInstant({ at, timeZone: ADMIN_TIME_ZONE, locale }),
        fromStatus && fromStatus !== toStatus ? `${fromStatus} → ${toStatus}` : toStatus,
        address && fillIn(words.address, { address }),
        undoneAt &&
          fillIn(words.undone, {
            time: nameInstant({ at: undoneAt, timeZone: ADMIN_TIME_ZONE, locale }),
          }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

function Details({ line, words }: Told) {
  const said = Object.entries(line.details ?? {}).filter(([, value]) => value !== null)
  if (said.length === 0) return null
  return (
    <dl className="flex flex-wrap gap-x-4 text-15">
      {said.map(([name, value]) => (
        <div key={name} className="flex gap-1.5">
          <dt className="text-quiet">{wordOf(words.details, name)}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
