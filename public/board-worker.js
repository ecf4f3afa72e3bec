// Shows the staff's board without a network: a page of its own, which reads what this browser keeps
// sealed for its session. It keeps nothing itself. The page stores that page and its files in a cache
// named after them, so a new build never meets another build's files
// (docs/decisions/0053-a-board-without-a-network.md).

const CACHES = 'bobjool.board.'
/** The board and its page without a network, in both languages. */
const BOARD = /^(\/en)?\/owner\/?$/
const OFFLINE = /^(\/en)?\/owner\/offline$/
/** From then on the network counts as lost: staff have guests before them. */
const PATIENCE_MS = 8_000
/** A page that was just sent here need not wait for the network again. */
const JUST_NOW_MS = 3_000

let lostAtMs = Number.NEGATIVE_INFINITY

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/_next/static/')) return event.respondWith(readFile(request))
  if (request.mode !== 'navigate') return
  if (BOARD.test(url.pathname)) event.respondWith(openBoard({ request, url }))
  else if (OFFLINE.test(url.pathname)) event.respondWith(openOffline({ request, url }))
})

/** Names of files change with their content, so a kept one is never an old one. */
async function readFile(request) {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request)
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms, null))

/** Null: no answer in time, or one of a service that is down. */
async function askNetwork(request) {
  const answer = await Promise.race([fetch(request).catch(() => null), wait(PATIENCE_MS)])
  return answer && answer.status < 500 ? answer : null
}

/** The newest complete page without a network. Undefined: none is kept. */
async function findOffline(path) {
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHES))
  for (const name of names.reverse()) {
    const page = await (await caches.open(name)).match(path, { ignoreVary: true })
    if (page) return page
  }
}

async function openBoard({ request, url }) {
  const answer = await askNetwork(request)
  if (answer) return answer
  const path = `${url.pathname.replace(/\/$/, '')}/offline`
  if (!(await findOffline(path))) return fetch(request)
  lostAtMs = performance.now()
  return Response.redirect(path + url.search)
}

async function openOffline({ request, url }) {
  const isLost = performance.now() - lostAtMs < JUST_NOW_MS
  // The next one asks again: it is a reload.
  lostAtMs = Number.NEGATIVE_INFINITY
  // Back on the network a reload leads to the live board.
  if (!isLost && (await askNetwork(request)))
    return Response.redirect(url.pathname.replace(/\/offline$/, '') + url.search)
  return (await findOffline(url.pathname)) ?? fetch(request)
}
