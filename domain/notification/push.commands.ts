import { composeBrief } from '@/emails/notice-mails'
import { signLink } from '@/lib/crypto/link-token'
import { env } from '@/lib/env'
import type { Posted } from '@/lib/http/outside-post'
import { readPushKey, sendPush } from '@/lib/push/push'
import { bury, postpone } from './attempt.commands'
import type { Deliver } from './delivery.types'
import { decidePushTerms, decidesForMail, nameTopic } from './push.rules'
import { DEVICE_ALONE } from './rules'
import type { Device } from './types'

/**
 * To every device of the person's. It is sent once one push service has taken it; where none does, it
 * goes by mail, and the notice says why; a guest who left no address is tried again while it is worth
 * it. Devices that are gone are forgotten.
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
  const setting = { appUrl: env.APP_URL, sealLink: signLink }
  const composed = composeBrief({ kind, locale, payload, ...setting })
  if (!composed.ok) return bury({ notice, error: `${composed.reason}: ${composed.detail}` })
  const content = JSON.stringify({ ...composed.brief, id, lang: locale })
  const terms = { ...decidePushTerms(notice), topic: nameTopic(id), timeoutMs, content }
  const tried = await Promise.all(
    devices.map(async (device) => ({
      device,
      posted: await sendPush({ address: device, ...terms }),
    })),
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
