import webPush from 'web-push'
import { env } from '@/lib/env'
import { type Posted, postOutside } from '@/lib/http/outside-post'
import { readMailbox } from '@/lib/mail/mail-address'
import { isPushEndpoint } from './notice-origin'

export type PushAddress = { endpoint: string; p256dh: string; auth: string }

/** The key a browser needs to subscribe. Null: this channel is off. */
export function readPushKey(): string | null {
  return env.VAPID_PRIVATE_KEY ? (env.VAPID_PUBLIC_KEY ?? null) : null
}

/**
 * Hands one message to a browser's push service, encrypted for that browser alone (RFC 8291) and
 * signed with our key (RFC 8292). `topic` replaces a waiting message of the same topic, so that a
 * message sent twice is shown once; 32 characters at most.
 */
export async function sendPush({
  address,
  content,
  ttlSeconds,
  urgency,
  topic,
  timeoutMs,
}: {
  address: PushAddress
  content: string
  ttlSeconds: number
  urgency: 'normal' | 'high'
  topic: string
  timeoutMs: number
}): Promise<Posted> {
  const publicKey = readPushKey()
  const privateKey = env.VAPID_PRIVATE_KEY
  if (!(publicKey && privateKey)) return { outcome: 'permanent', error: 'push is off' }
  const { endpoint, p256dh, auth } = address
  // Checked when it was stored, but the list may have changed since.
  if (!isPushEndpoint(endpoint)) return { outcome: 'gone', error: 'not a push service we know' }
  const request = tryToEncrypt({ endpoint, keys: { p256dh, auth } }, content, {
    vapidDetails: {
      subject: `mailto:${readMailbox(env.MAIL_FROM).address}`,
      publicKey,
      privateKey,
    },
    TTL: ttlSeconds,
    urgency,
    topic,
    contentEncoding: 'aes128gcm',
  })
  if (request instanceof Error) return { outcome: 'permanent', error: request.message }
  // The transport sets the length.
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name !== 'Content-Length')
      .map(([name, value]) => [name, String(value)]),
  )
  return postOutside({
    channel: 'push',
    url: endpoint,
    headers,
    body: new Uint8Array(request.body ?? []),
    // A 403 means that our own signature is wrong, which says nothing about the device (RFC 8292).
    goneAt: [404, 410],
    timeoutMs,
  })
}

/** An invalid key, the device's or ours, is reported as a value and not thrown. */
function tryToEncrypt(...given: Parameters<typeof webPush.generateRequestDetails>) {
  try {
    return webPush.generateRequestDetails(...given)
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}
