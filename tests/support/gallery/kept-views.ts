import type { Page } from 'playwright-core'
import type { View } from './view'

/** The page without a network comes last, so what it shows is kept by then. */
const isKept = async (): Promise<boolean> => {
  // Until the worker has taken over the page, a reload finds neither it nor the network.
  if (!navigator.serviceWorker.controller) return false
  const names = await caches.keys()
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
  return kept.flat().some(({ url }) => url.endsWith('/owner/offline'))
}

/** What the browser kept, opened anew where no network is. */
async function loseNetwork(page: Page): Promise<void> {
  await page.waitForFunction(isKept, undefined, { timeout: 30_000 })
  await page.context().setOffline(true)
  await page.reload()
  await page
    .getByRole('alert')
    .getByText(/오프라인 ·|Offline ·/)
    .waitFor()
}

/** A board without a network, after a reload. */
export const keptViews: View[] = [
  {
    name: 'day-board-kept',
    route: 'owner',
    path: () => '/owner?restaurant=evening',
    as: 'host',
    isWide: true,
    hasWorker: true,
    after: loseNetwork,
    complaints: /ERR_INTERNET_DISCONNECTED/,
  },
]
