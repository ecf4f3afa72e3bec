import type { Page } from 'playwright-core'
import { cutApi, type View } from './view'

const firstFreeTime = (page: Page) =>
  page
    .getByRole('button', { name: /\d\d:\d\d/ })
    .and(page.locator(':enabled'))
    .first()

export const dinerViews: View[] = [
  { name: 'landing', route: '', path: () => '/' },
  { name: 'search', route: 'restaurants', path: () => '/restaurants' },
  {
    name: 'search-nothing',
    route: 'restaurants',
    path: () => '/restaurants?keyword=%EC%97%86%EB%8A%94%EA%B3%B3',
  },
  { name: 'restaurant', route: 'restaurants/[slug]', path: () => '/restaurants/friday' },
  { name: 'restaurant-fortnight', route: 'restaurants/[slug]', path: () => '/restaurants/garden' },
  { name: 'restaurant-line', route: 'restaurants/[slug]', path: () => '/restaurants/corner' },
  {
    name: 'restaurant-cut-off',
    route: 'restaurants/[slug]',
    path: () => '/restaurants/friday',
    before: cutApi,
    complaints: /ERR_FAILED/,
  },
  {
    name: 'booking-sheet',
    route: 'restaurants/[slug]',
    path: () => '/restaurants/garden',
    as: 'newcomer',
    after: async (page) => {
      await firstFreeTime(page).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'not-found', route: '[...rest]', path: () => '/nowhere', complaints: /404/ },
  { name: 'sign-in', route: 'sign-in', path: () => '/sign-in' },
  { name: 'reservations', route: 'reservations', path: () => '/reservations', as: 'diner' },
  { name: 'reservations-none', route: 'reservations', path: () => '/reservations', as: 'newcomer' },
  ...(['coming', 'cancelled', 'held'] as const).map(
    (state): View => ({
      name: `reservation-${state}`,
      route: 'reservations/[id]',
      path: ({ reservationIds }) => `/reservations/${reservationIds[state]}`,
      as: 'diner',
    }),
  ),
]
