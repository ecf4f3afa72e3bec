import type { SealedLink } from '@/emails/mail-kind'
import { composeBrief, composeNotice } from '@/emails/notice-mails'
import { signLink, signMailboxLink } from '@/lib/crypto/link-token'
import { makeCode } from '@/lib/crypto/mailed-code'
import { openSecrets } from '@/lib/crypto/sealed-secret'
import { env } from '@/lib/env'
import type { Posted } from '@/lib/http/outside-post'
import { isLocale } from '@/lib/i18n/locale'
import { log } from '@/lib/log'
import { sendMail } from '@/lib/mail/mail'
import { readPushKey, sendPush } from '@/lib/push/push'
import { postToSlack } from '@/lib/push/slack'
import { showPayloadPhone } from '@/lib/text/phone'
import { decidePushTerms, decidesForMail, nameTopic } from './push.rules'
import { DEVICE_ALONE, decideBackOffMs, linkToPage } from './rules'
import { tryToWrite } from './slack.rules'
import type { Attempt, ClaimedNotice, Deliver, Device } from './types'

/** A link that acts for its reader works only while they read the mailbox it was mailed to. */
const sealFor =
  (mailbox: string) =>
  ({ kind, id }: SealedLink): string => {
    if (kind === 'code') return makeCode({ kind: 'link-request', id })
    return kind === 'cancel' || kind === 'reservation'
      ? signMailboxLink({ kind, id, mailbox })
      : signLink({ kind, id })
  }

/** Sends a mail of the notice's kind, with a calendar file where it has one. */
export const deliverByMail: Deliver = async ({ notice, sender, timeoutMs }) => {
  const { id, kind, recipient, locale, payload, queuedAt } = notice
  const setting = { appUrl: env.APP_URL, sender, sealLink: sealFor(recipient) }
  const shown = showPayloadPhone(payload)
  const composed = await composeNotice({ kind, locale, payload: shown, queuedAt, ...setting })
  if (!composed.ok) return bury({ notice, error: `${composed.reason}: ${composed.detail}` })
  const { calendar, ...mail } = composed.mail
  const letter = {
    ...mail,
    name: `notice-${id}`,
    to: recipient,
    attachments: calendar
      ? [
          {
            filename: 'reservation.ics',
            contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
            content: calendar.content,
          },
        ]
      : [],
  }
  const delivery = await sendMail({ letter, timeoutMs })
  if (delivery.outcome === 'permanent') return bury({ notice, error: delivery.error })
  if (delivery.outcome === 'accepted')
    return { outcome: { id, outcome: 'sent' }, isServerAway: false }
  return postpone({ notice, error: delivery.error, isServerAway: delivery.isServerAway })
}

type Shut = { isKeyMissing: boolean; error: string }

/**
 * What becomes of a message whose address could not be opened: it is tried again where its key is
 * missing, and an address that was changed or moved in the database gets nothing. Its row stays, for
 * an operator to look at.
 */
function reportShut({ isKeyMissing, error }: Shut, of: object): Posted {
  log.error({ ...of, error }, 'the address of a notice could not be opened')
  return isKeyMissing
    ? { outcome: 'temporary', error, isAway: false }
    : { outcome: 'permanent', error }
}

/** Opens a device's address and keys, and pushes to it. */
async function pushTo(
  { id, table, ...secrets }: Device,
  message: Omit<Parameters<typeof sendPush>[0], 'address'>,
): Promise<Posted> {
  const opened = openSecrets({ table, rowId: id, secrets })
  if (!opened.isOpen) return reportShut(opened, { deviceId: id })
  return sendPush({ address: opened.secrets, ...message })
}

/**
 * Pushes to all of the person's devices. The notice counts as sent once one push service accepts
 * it. If none does, it goes by mail and records why; a guest without an address is retried while
 * that is still useful. Devices that are gone are deleted.
 */
export const deliverByPush: Deliver = async ({ notice, timeoutMs }) => {
  const { id, kind, locale, payload, devices, urgency, attempts } = notice
  const hasAddress = notice.recipient !== DEVICE_ALONE
  const reroute = (because: string, error: string, goneDeviceIds: string[] = []) => {
    const left = hasAddress
      ? { outcome: { id, outcome: 'rerouted' as const, because, error }, isServerAway: false }
      : bury({ notice, error })
    return { ...left, outcome: { ...left.outcome, goneDeviceIds } }
  }
  if (!readPushKey()) return reroute('push-off', 'push is off')
  if (devices.length === 0) return reroute('no-device', 'no device takes pushes')
  const setting = { appUrl: env.APP_URL, sealLink: sealFor(notice.recipient) }
  const composed = composeBrief({ kind, locale, payload, ...setting })
  if (!composed.ok) return bury({ notice, error: `${composed.reason}: ${composed.detail}` })
  const content = JSON.stringify({ ...composed.brief, id, lang: locale })
  const terms = { ...decidePushTerms(notice), topic: nameTopic(id), timeoutMs, content }
  const tried = await Promise.all(
    devices.map(async (device) => ({ device, posted: await pushTo(device, terms) })),
  )
  const goneDeviceIds = listGone(tried)
  if (tried.some(({ posted }) => posted.outcome === 'accepted'))
    return { outcome: { id, outcome: 'sent', goneDeviceIds }, isServerAway: false }
  const isWorthWaiting = tried.some(({ posted }) => posted.outcome === 'temporary')
  const error = tried
    .map(({ posted }) => ('error' in posted ? posted.error : ''))
    .join('; ')
    .slice(0, 300)
  if (decidesForMail({ urgency, attempts, isWorthWaiting, hasAddress })) {
    const isGone = goneDeviceIds.length === tried.length
    const refused = isGone ? 'device-gone' : 'push-refused'
    return reroute(isWorthWaiting ? 'push-failed' : refused, error, goneDeviceIds)
  }
  const later = postpone({ notice, error, isServerAway: false })
  return { ...later, outcome: { ...later.outcome, goneDeviceIds } }
}

function listGone(tried: { device: Device; posted: Posted }[]): string[] {
  return tried.filter(({ posted }) => posted.outcome === 'gone').map(({ device }) => device.id)
}

/**
 * Posts to the restaurant's Slack. A hook that Slack has closed is not used again, and its owner
 * sees that. There is no fallback, since the board and the history show the same.
 */
export const deliverToSlack: Deliver = async ({ notice, timeoutMs, silent }) => {
  const { id, locale, hook, restaurantId } = notice
  if (!hook || restaurantId === null) return bury({ notice, error: 'Slack is not set any more' })
  if (!isLocale(locale)) return bury({ notice, error: 'unknown-locale' })
  const text = tryToWrite(notice, locale)
  if ('failed' in text) return bury({ notice, error: text.failed })
  const { title, lines, link } = text
  const url = linkToPage({ appUrl: env.APP_URL, locale, path: link.path })
  const message = { title, lines, link: { label: link.label, url } }
  const posted = await postToHook({ hook, restaurantId, message, timeoutMs, silent })
  if (posted.outcome === 'accepted')
    return { outcome: { id, outcome: 'sent' }, isServerAway: false }
  if (posted.outcome === 'temporary')
    return postpone({ notice, error: posted.error, isServerAway: false })
  const buried = bury({ notice, error: posted.error })
  const refusedHook = { restaurantId, setAt: hook.setAt }
  return posted.outcome === 'gone'
    ? { ...buried, outcome: { ...buried.outcome, refusedHook } }
    : buried
}

/** Opens a hook and posts to it, unless its server did not answer in this drain. */
async function postToHook({
  hook,
  restaurantId,
  silent,
  ...message
}: {
  hook: { url: string }
  restaurantId: string
  silent: Set<string>
} & Omit<Parameters<typeof postToSlack>[0], 'url'>): Promise<Posted> {
  const secrets = { url: hook.url }
  const opened = openSecrets({ table: 'slack_hooks', rowId: restaurantId, secrets })
  if (!opened.isOpen) return reportShut(opened, { restaurantId })
  const { url } = opened.secrets
  const { origin } = new URL(url)
  if (silent.has(origin)) return { outcome: 'temporary', error: 'Slack said nothing', isAway: true }
  const posted = await postToSlack({ url, ...message })
  if (posted.outcome === 'temporary' && posted.isAway) silent.add(origin)
  return posted
}

/** A failure to retry later. */
export function postpone({
  notice: { id, attempts },
  error,
  isServerAway,
}: {
  notice: ClaimedNotice
  error: string
  isServerAway: boolean
}): Attempt {
  const backOffMs = decideBackOffMs({ attempts, jitter: Math.random() })
  return { outcome: { id, outcome: 'retry', error, backOffMs }, isServerAway }
}

/**
 * The log has the kind and the id. A server's error text may contain an address, so only the row
 * stores it.
 */
export function bury({
  notice: { id, kind },
  error,
}: {
  notice: ClaimedNotice
  error: string
}): Attempt {
  log.warn({ noticeId: id, kind }, 'notice can’t be delivered')
  return { outcome: { id, outcome: 'dead', error }, isServerAway: false }
}
