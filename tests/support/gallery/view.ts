import type { Page } from 'playwright-core'
import type { GalleryScene } from './scene'

/** Who looks: somebody of the scene, or nobody who is signed in. */
export type Viewer = keyof GalleryScene['people'] | null

/** One page in one state. */
export interface View {
  /** Of the picture's file: the page, then the state. */
  name: string
  /** The route it shows: the folder of its `page.tsx` below `app/[locale]`. */
  route: string
  /** Without language. */
  path: (scene: GalleryScene) => string
  as?: Viewer
  /** Made for a tablet or a desk: the wide picture is its first. */
  isWide?: true
  /** Before the page is opened: what does not work, for instance. */
  before?: (page: Page) => Promise<unknown>
  /** After it is there: what is opened, tapped or typed. */
  after?: (page: Page) => Promise<unknown>
  /** The browser's own complaints that belong to this state (a request that was cut). */
  complaints?: RegExp
}

const DAY_MS = 86_400_000

/** So many days from today, in the demo's zone. Its garden has no day off within a fortnight. */
export const dateAt = (days: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)

/** Every request to the API is cut, as a tunnel does it. */
export const cutApi = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/**', (route) => route.abort())
