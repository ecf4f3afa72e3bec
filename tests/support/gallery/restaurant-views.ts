import type { Page } from 'playwright-core'
import type { View } from './view'

const settings = (page: string) => () => `/owner/garden${page}`
const nextStep = (page: Page) => page.locator('form button[type=submit]').click()

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
