import type { Page } from 'playwright-core'
import type { View } from './view'

const openDialog = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
  await page.getByRole('dialog').waitFor()
}

type Shown = Pick<View, 'name' | 'route' | 'path'> & Partial<View>

const shown: Shown[] = [
  { name: 'admin', route: 'admin', path: () => '/admin' },
  { name: 'admin-owners', route: 'admin/owners', path: () => '/admin/owners' },
  {
    name: 'admin-owners-refuse',
    route: 'admin/owners',
    path: () => '/admin/owners',
    after: openDialog(/거절|Refuse/),
  },
  {
    name: 'admin-owners-approved',
    route: 'admin/owners',
    path: () => '/admin/owners?state=APPROVED',
  },
  {
    name: 'admin-owners-withdraw',
    route: 'admin/owners',
    path: () => '/admin/owners?state=APPROVED',
    after: openDialog(/승인 취소|Withdraw/),
  },
  {
    name: 'admin-owners-refused',
    route: 'admin/owners',
    path: () => '/admin/owners?state=REFUSED',
  },
  { name: 'admin-people', route: 'admin/people', path: () => '/admin/people' },
  {
    name: 'admin-people-nobody',
    route: 'admin/people',
    path: () => '/admin/people?keyword=%EC%97%86%EB%8A%94%EC%82%AC%EB%9E%8C',
  },
  {
    name: 'admin-person',
    route: 'admin/people/[id]',
    path: ({ people }) => `/admin/people/${people.diner.id}`,
  },
  {
    name: 'admin-person-owner',
    route: 'admin/people/[id]',
    path: ({ waitingOwnerId }) => `/admin/people/${waitingOwnerId}`,
  },
  { name: 'admin-restaurants', route: 'admin/restaurants', path: () => '/admin/restaurants' },
  {
    name: 'admin-restaurant',
    route: 'admin/restaurants/[id]',
    path: ({ restaurantId }) => `/admin/restaurants/${restaurantId}`,
  },
  {
    name: 'admin-reservations',
    route: 'admin/reservations',
    path: () => '/admin/reservations?restaurant=garden',
  },
  {
    name: 'admin-reservation',
    route: 'admin/reservations/[id]',
    path: ({ reservationIds }) => `/admin/reservations/${reservationIds.coming}`,
  },
  { name: 'admin-notices', route: 'admin/notices', path: () => '/admin/notices' },
  { name: 'admin-openings', route: 'admin/openings', path: () => '/admin/openings' },
  {
    name: 'admin-openings-none',
    route: 'admin/openings',
    path: () => '/admin/openings?restaurant=%EC%97%86%EB%8A%94%EC%A7%91',
  },
  { name: 'admin-audit', route: 'admin/audit', path: () => '/admin/audit' },
  {
    name: 'admin-not-there',
    route: 'admin',
    path: () => '/admin',
    as: null,
    complaints: /404/,
  },
]

export const adminViews: View[] = shown.map((view) => ({ as: 'admin', ...view }))
