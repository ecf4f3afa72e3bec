import type { Page } from 'playwright-core'
import type { View } from './view'

const settings = (page: string) => () => `/owner/garden${page}`
const nextStep = (page: Page) => page.locator('form button[type=submit]').click()

const GUESTS =
  '이름,전화,주소,알레르기\n이단골,010-9999-8888,서울,\n박단골,010,부산,\n최단골,010-9999-7777,,땅콩\n최단골,+82 10 9999 7777,,\n'

/** Chooses a list of guests, and waits until its outcome is there. */
async function chooseList(page: Page): Promise<void> {
  const buffer = Buffer.from(GUESTS)
  const file = { name: 'guests.csv', mimeType: 'text/csv', buffer }
  await page.locator('input[type=file]:enabled').setInputFiles(file)
  await page.locator('[role=status] dl, [role=status] progress').first().waitFor()
}

/** A long import, as far as a picture needs it. */
async function answerImport(page: Page, how: { state: string; linesDone: number }): Promise<void> {
  const counts = { added: 21_480, changed: 12, unchanged: 3, same: 1, refused: 4, warned: 2 }
  const told = { isDryRun: false, lines: 50_000, counts, ignoredColumns: [], verdicts: [], ...how }
  const id = '00000000-0000-4000-8000-000000000001'
  const more = { nextCursor: null, asOf: new Date().toISOString(), pollAfterMs: 60_000 }
  await page.route(/\/guests\/import\?|\/guest-imports\//, (route) =>
    route.fulfill({ json: { id, ...told, ...more } }),
  )
}

/** A restaurant's settings, its first day, and its invitations. */
export const restaurantViews: View[] = [
  { name: 'settings', route: 'owner/[slug]', path: settings(''), as: 'owner', isWide: true },
  {
    name: 'settings-hide',
    route: 'owner/[slug]',
    path: settings(''),
    as: 'owner',
    after: async (page) => {
      await page.getByRole('switch').first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'settings-hidden', route: 'owner/[slug]', path: () => '/owner/hidden', as: 'owner' },
  {
    name: 'settings-begun',
    route: 'owner/[slug]',
    path: () => '/owner/begun',
    as: 'owner',
    isWide: true,
  },
  {
    name: 'profile',
    route: 'owner/[slug]/profile',
    path: settings('/profile'),
    as: 'owner',
    isWide: true,
  },
  {
    name: 'profile-wrong',
    route: 'owner/[slug]/profile',
    path: settings('/profile'),
    as: 'owner',
    after: async (page) => {
      await page.locator('input[name=name]').fill('')
      await page.locator('input[name=mapUrl]').fill('http://example.com')
      await page.locator('form').first().locator('button[type=submit]').click()
      await page.locator('[aria-invalid]').first().waitFor()
    },
  },
  {
    name: 'staff',
    route: 'owner/[slug]/staff',
    path: settings('/staff'),
    as: 'owner',
    isWide: true,
  },
  {
    name: 'restaurant-guests',
    route: 'owner/[slug]/guests',
    path: settings('/guests'),
    as: 'owner',
  },
  {
    name: 'restaurant-guests-judged',
    route: 'owner/[slug]/guests',
    path: settings('/guests'),
    as: 'owner',
    after: chooseList,
  },
  {
    name: 'restaurant-guests-importing',
    route: 'owner/[slug]/guests',
    path: settings('/guests'),
    as: 'owner',
    before: (page) => answerImport(page, { state: 'RUNNING', linesDone: 21_500 }),
    after: chooseList,
  },
  {
    name: 'restaurant-guests-failed',
    route: 'owner/[slug]/guests',
    path: settings('/guests'),
    as: 'owner',
    before: (page) => answerImport(page, { state: 'FAILED', linesDone: 21_500 }),
    after: chooseList,
  },
  {
    name: 'restaurant-disputes',
    route: 'owner/[slug]/disputes',
    path: settings('/disputes'),
    as: 'owner',
    isWide: true,
  },
  {
    name: 'restaurant-notices',
    route: 'owner/[slug]/notices',
    path: () => '/owner/garden/notices',
    as: 'owner',
    isWide: true,
  },
  {
    name: 'restaurant-notices-text',
    route: 'owner/[slug]/notices',
    path: ({ noticeId }) => `/owner/garden/notices?shown=${noticeId}`,
    as: 'owner',
  },
  {
    name: 'restaurant-notices-none',
    route: 'owner/[slug]/notices',
    path: settings('/notices?state=DEAD&kind=DAY_SHEET'),
    as: 'owner',
  },
  {
    name: 'staff-remove',
    route: 'owner/[slug]/staff',
    path: settings('/staff'),
    as: 'owner',
    after: async (page) => {
      await page
        .getByRole('button', { name: /내보내기|Remove/ })
        .first()
        .click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'new-restaurant',
    route: 'owner/restaurants/new',
    path: () => '/owner/restaurants/new',
    as: 'owner',
  },
  {
    name: 'new-restaurant-missing',
    route: 'owner/restaurants/new',
    path: () => '/owner/restaurants/new',
    as: 'owner',
    after: async (page) => {
      await nextStep(page)
      await page.locator('[aria-invalid]').first().waitFor()
    },
  },
  {
    name: 'new-restaurant-diner',
    route: 'owner/restaurants/new',
    path: () => '/owner/restaurants/new',
    as: 'diner',
  },
  ...(['newcomer', 'diner', null] as const).map(
    (viewer): View => ({
      name: `invitation-${viewer ?? 'signed-out'}`,
      route: 'invitations/[token]',
      path: ({ invitationToken }) => `/invitations/${invitationToken}`,
      as: viewer,
    }),
  ),
  {
    name: 'invitation-unknown',
    route: 'invitations/[token]',
    path: () => '/invitations/nothing',
  },
]
