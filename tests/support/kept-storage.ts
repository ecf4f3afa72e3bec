import type { Page } from 'playwright-core'

/** All that the browser stores for this site, as text, and how much of it is sealed. */
export const readStorage = (page: Page) =>
  page.evaluate(async () => {
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const rows: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settle(indexedDB.open(name))
      for (const store of database.objectStoreNames)
        rows.push(...(await settle(database.transaction(store).objectStore(store).getAll())))
      database.close()
    }
    const pages: string[] = []
    const cacheNames = await caches.keys()
    for (const name of cacheNames) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        pages.push(`${request.url} ${await (await cache.match(request))?.text()}`)
    }
    const kept = [rows, pages, { ...localStorage }, { ...sessionStorage }]
    return {
      text: JSON.stringify(kept),
      records: rows.filter((row) => row instanceof Object && 'sealed' in row).length,
      seals: rows.filter((row) => row instanceof Object && 'boardKey' in row).length,
      cacheNames,
      localNames: Object.keys(localStorage),
      hasPage: pages.some((page) => /\/owner\/offline /.test(page)),
    }
  })
