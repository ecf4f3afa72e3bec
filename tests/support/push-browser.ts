import type { BrowserContext, Page } from 'playwright-core'
import { makeBrowser } from './push-message'

/**
 * A real browser subscribed at an address of ours: a test can't reach the push services of its
 * maker. Everything else is real, its service worker included.
 */
export async function subscribeAt(context: BrowserContext, endpoint: string) {
  const { keys, read } = makeBrowser()
  await context.grantPermissions(['notifications'])
  await context.addInitScript(
    ({ endpoint, keys }) => {
      let isSubscribed = false
      const subscription = {
        endpoint,
        toJSON: () => ({ endpoint, keys }),
        unsubscribe: async () => {
          isSubscribed = false
          return true
        },
      }
      Object.assign(PushManager.prototype, {
        getSubscription: async () => (isSubscribed ? subscription : null),
        subscribe: async () => {
          isSubscribed = true
          return subscription
        },
      })
    },
    { endpoint, keys },
  )
  return { read }
}

/** Hands a push to the page's service worker, as its browser does with one from a push service. */
export async function deliverPush(page: Page, data: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data,
  })
}
