import { ask } from '@/components/ui/client/ask'
import { type Locale, localisePath } from '@/lib/i18n/locale'

const WORKER = '/board-worker.js'
/** The worker finds the page without a network by this name. */
const CACHES = 'bobjool.board.'
const FILES = /\/_next\/static\/[\w./~-]+\.(?:js|css|woff2)(?:\?[\w=&-]+)?/g
/** How a script names the scripts it loads when they are needed. */
const NAMED_FILES = /["'](static\/[\w./~-]+\.(?:js|css))["']/g
/** Many times what the board has. */
const MOST_FILES = 300

/** False: the browser has no workers, or allows none here. */
export async function registerBoardWorker(locale: Locale): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return false
  const scope = localisePath({ path: '/owner', locale })
  await navigator.serviceWorker.register(WORKER, { scope, updateViaCache: 'none' })
  return (await navigator.serviceWorker.getRegistration(scope)) !== undefined
}

function listFiles(text: string): string[] {
  const named = [...text.matchAll(NAMED_FILES)].map(([, file]) => `/_next/${file}`)
  return [...new Set([...(text.match(FILES) ?? []), ...named])]
}

/** Keeps a file and returns those that it names. Throws when it can't be had. */
async function keepFile({ cache, url }: { cache: Cache; url: string }): Promise<string[]> {
  const read = async (response: Response) => {
    const text = url.includes('.js') ? await response.clone().text() : ''
    await cache.put(url, response)
    return listFiles(text)
  }
  const answer = await ask<string[]>({ url, credentials: 'omit', read })
  if (answer.kind !== 'value') throw new Error(`${url} could not be kept`)
  return answer.value
}

async function keepFiles({ cache, files }: { cache: Cache; files: string[] }): Promise<void> {
  const known = new Set(files)
  for (let wanted = files; wanted.length > 0 && known.size < MOST_FILES; ) {
    const named = await Promise.all(wanted.map((url) => keepFile({ cache, url })))
    wanted = [...new Set(named.flat())].filter((url) => !known.has(url))
    for (const url of wanted) known.add(url)
  }
}

async function nameOf(files: string[]): Promise<string> {
  const text = new TextEncoder().encode(files.toSorted().join('\n'))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text)).subarray(0, 8)
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Keeps the page without a network, which is the same for every visitor, with all its files. The page
 * comes last, so the worker shows none whose files are incomplete; a build before goes after that.
 * False: the page could not be had. Throws when a file can't.
 */
export async function keepOfflinePage(locale: Locale): Promise<boolean> {
  const url = localisePath({ path: '/owner/offline', locale })
  const read = async (response: Response) => ({ html: await response.clone().text(), response })
  const page = await ask<{ html: string; response: Response }>({ url, credentials: 'omit', read })
  if (page.kind !== 'value' || page.value.response.redirected) return false
  const files = listFiles(page.value.html)
  const own = `${CACHES}${locale}.`
  const name = own + (await nameOf(files))
  const isKept = (await caches.has(name)) && (await (await caches.open(name)).match(url))
  const cache = await caches.open(name)
  if (!isKept) await keepFiles({ cache, files })
  // Its words may be new where its files are not.
  await cache.put(url, page.value.response)
  for (const other of await caches.keys())
    if (other.startsWith(own) && other !== name) await caches.delete(other)
  return true
}
