import { readAsAdmin, readPageVisitor } from '@/domain/identity/loaders'
import { findPersonByWord } from '@/domain/identity/people.queries'
import { composeBrief, composeNotice } from '@/emails/notice-mails'
import { env } from '@/lib/env'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import { isLocale } from '@/lib/i18n/locale'
import { readMailbox } from '@/lib/mail/mail-address'
import { showPayloadPhone } from '@/lib/text/phone'
import { findNotice, listNotices, type StoredNotice } from './history.queries'
import { type NoticeRecord, noticeQuery } from './history.schema'
import { tryToWrite } from './slack.rules'
import { readGuestDevices, readPushState } from './subscription.queries'
import type { DeviceState, PushState } from './subscription.schema'

/** A link that signs its reader in, or cancels for them, must not be shown to others. */
const sealLink = () => '…'

async function read(notice: StoredNotice): Promise<Omit<NoticeRecord, 'id'> | null> {
  const { channel, kind, locale, payload } = notice
  const setting = { appUrl: env.APP_URL, sealLink }
  if (channel === 'SLACK') {
    const written = isLocale(locale) ? tryToWrite({ kind, payload }, locale) : null
    return written && 'title' in written
      ? { subject: written.title, text: written.lines.join('\n') }
      : null
  }
  if (channel === 'PUSH') {
    const composed = composeBrief({ ...notice, ...setting })
    return composed.ok ? { subject: composed.brief.title, text: composed.brief.text } : null
  }
  const composed = await composeNotice({
    ...notice,
    payload: showPayloadPhone(payload),
    ...setting,
    sender: readMailbox(env.MAIL_FROM),
  })
  return composed.ok ? { subject: composed.mail.subject, text: composed.mail.text } : null
}

/**
 * A notice's text. The same payload always gives the same text, so it is rendered anew rather than
 * stored twice. The caller has already been let in to the restaurant, or is an admin (null).
 */
export async function loadNoticeRecord(scope: {
  noticeId: string | null
  restaurantId: string | null
}): Promise<NoticeRecord | null> {
  const { noticeId, restaurantId } = scope
  const notice = noticeId && (await findNotice({ noticeId, restaurantId }))
  if (!notice) return null
  const written = await read(notice)
  return { id: notice.id, subject: written?.subject ?? '', text: written?.text ?? null }
}

/** One page of everyone's notices as an address asks for it. Null: the visitor is not an admin. */
export function loadEveryNotice(given: unknown) {
  return readAsAdmin(async () => {
    const query = noticeQuery.parse(given)
    const person = query.person ? await findPersonByWord(query.person) : null
    if (query.person && !person) return { items: [], nextCursor: null, query, record: null }
    const of = { accountId: person?.id ?? null, restaurantId: null }
    const [page, record] = await Promise.all([
      listNotices({ ...of, timeZone: ADMIN_TIME_ZONE, query }),
      loadNoticeRecord({ noticeId: query.shown, restaurantId: null }),
    ])
    return { ...page, query, record }
  })
}

/** How a guest can follow their ticket, for the page that its link opens. */
export function loadGuestDevices(ticketId: string): Promise<DeviceState> {
  return readGuestDevices(ticketId)
}

/** The push state of the page's visitor. Null: not signed in. */
export async function loadOwnPushState(): Promise<PushState | null> {
  const visitor = await readPageVisitor()
  return visitor && readPushState(visitor.accountId)
}
