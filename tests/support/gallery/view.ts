import type { Page } from 'playwright-core'
import type { GalleryScene } from './scene'

/** Who looks: a person of the scene, or a signed-out visitor. */
export type Viewer = keyof GalleryScene['people'] | null

/** One page in one state. */
export interface View {
  /** Name of the picture's file: the page, then the state. */
  name: string
  /** The route it shows: the folder of its `page.tsx` below `app/[locale]`. */
  route: string
  /** Without language. */
  path: (scene: GalleryScene) => string
  as?: Viewer
  /** Made for a tablet or a desk: its first picture is the wide one. */
  isWide?: true
  /** Its service worker runs, and sees requests that `page.route` does not. */
  hasWorker?: true
  /** Before the page is opened: what fails, for instance. */
  before?: (page: Page) => Promise<unknown>
  /** After it has loaded: what is opened, tapped or typed. */
  after?: (page: Page) => Promise<unknown>
  /** The browser's own complaints that belong to this state (a request that was cut). */
  complaints?: RegExp
}

const DAY_MS = 86_400_000

/** That many days from today, in the demo's zone. Its garden has no day off within a fortnight. */
export const dateAt = (days: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)

/** Every request to the API is cut, as in a tunnel. */
export const cutApi = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/**', (route) => route.abort())

/** Every server action is cut: whether it was done is unknown. */
export const cutActions = (page: Page): Promise<unknown> =>
  page.route('**/*', (route) =>
    route.request().headers()['next-action'] === undefined ? route.fallback() : route.abort(),
  )
