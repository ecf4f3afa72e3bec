'use client'

const WORKER = '/notices-worker.js'

/**
 * What this browser can do. `install`: an iPhone or iPad, where only an app on the home screen may
 * receive pushes. `denied`: its owner has forbidden it, and only they can allow it again.
 */
export type PushAbility = 'ready' | 'denied' | 'install' | 'none'

export function readAbility(): PushAbility {
  const can = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (can) return Notification.permission === 'denied' ? 'denied' : 'ready'
  // An iPad says that it is a Mac, and has more than one finger on it.
  const isApple =
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  return isApple ? 'install' : 'none'
}

/** This browser's subscription. Null: there is none, or it can't have one. */
export async function findSubscription(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator)) return null
  const registration = await navigator.serviceWorker.getRegistration('/')
  return (await registration?.pushManager?.getSubscription()) ?? null
}

/** Asks its owner, and subscribes. Null: they said no. Only ever after a tap. */
export async function subscribe(publicKey: string): Promise<PushSubscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register(WORKER, { scope: '/' })
  const { pushManager } = await navigator.serviceWorker.ready
  // One that was made for a key we had before takes nothing signed with this one, and one that its
  // push service has given up takes nothing at all.
  await (await pushManager.getSubscription())?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
}

/** What the server needs of a subscription. Null: the browser keeps it to itself. */
export function describeSubscription(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : null
}

/** SHA-256 in hex: by it a browser finds itself among somebody's devices. */
export async function digestEndpoint(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
