'use client'

const WORKER = '/notices-worker.js'

/**
 * What this browser supports. `install`: an iPhone or iPad, where only an app on the home screen
 * may receive pushes. `denied`: its user has forbidden it, and only its user can allow it again.
 */
export type PushAbility = 'ready' | 'denied' | 'install' | 'none'

export function readAbility(): PushAbility {
  const can = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (can) return Notification.permission === 'denied' ? 'denied' : 'ready'
  // An iPad claims to be a Mac, but accepts more than one finger.
  const isApple =
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  return isApple ? 'install' : 'none'
}

/** This browser's subscription. Null: it has none, or can't have one. */
export async function findSubscription(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator)) return null
  const registration = await navigator.serviceWorker.getRegistration('/')
  return (await registration?.pushManager?.getSubscription()) ?? null
}

/** Asks for permission and subscribes; null if the user refuses. Call it only after a tap. */
export async function subscribe(publicKey: string): Promise<PushSubscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register(WORKER, { scope: '/' })
  const { pushManager } = await navigator.serviceWorker.ready
  // A subscription for an earlier key rejects everything signed with this one, and one that its
  // push service has dropped receives nothing.
  await (await pushManager.getSubscription())?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
}

/** The fields the server needs. Null: the browser does not reveal them. */
export function describeSubscription(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : null
}

/** SHA-256 in hex, by which a browser recognises itself among a person's devices. */
export async function digestEndpoint(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
