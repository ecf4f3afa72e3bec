// Shows the notices that are pushed to this browser, and opens their page when they are tapped. It
// answers no request and keeps nothing: a page always comes from the service itself
// (docs/decisions/0021-channels.md).

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('push', (event) => {
  const notice = event.data?.json() ?? {}
  event.waitUntil(
    self.registration.showNotification(notice.title ?? '밥줄', {
      body: notice.text,
      // A notice that arrives twice is shown once.
      tag: notice.id,
      lang: notice.lang,
      icon: '/icons/icon-192.png',
      data: { url: notice.url },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const url = new URL(event.notification.data?.url ?? '/', self.location.origin)
  const page = url.origin === self.location.origin ? url.href : self.location.origin
  event.waitUntil(openPage(page))
})

/** Focuses the tab that already shows it, or opens a new one. */
async function openPage(page) {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const tab = tabs.find(({ url }) => url === page)
  return tab ? tab.focus() : self.clients.openWindow(page)
}
