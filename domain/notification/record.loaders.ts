import { composeBrief, composeNotice } from '@/emails/notice-mails'
import { env } from '@/lib/env'
import { isLocale } from '@/lib/i18n/locale'
import { readMailbox } from '@/lib/mail/mail-address'
import { findNotice, type StoredNotice } from './record.queries'
import type { NoticeRecord } from './record.types'
import { tryToWrite } from './slack.rules'

/** A link that signs somebody in, or cancels for them, is nobody else's to see. */
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
    ...{ ...notice, ...setting },
    sender: readMailbox(env.MAIL_FROM),
  })
  return composed.ok ? { subject: composed.mail.subject, text: composed.mail.text } : null
}

/**
 * A notice's own words: the same payload always becomes the same text, so it is written anew rather
 * than kept twice. Whoever asks has been let in to the restaurant already, or is an admin (null).
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
