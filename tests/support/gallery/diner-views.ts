import type { Page } from 'playwright-core'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { cutActions, cutApi, dateAt, type View } from './view'

const firstFreeTime = (page: Page) =>
  page
    .getByRole('button', { name: /\d\d:\d\d/ })
    .and(page.locator(':enabled'))
    .first()

/** Independent of the hour: late in the evening, today has no time left. */
const gardenTomorrow = () => `/restaurants/garden?date=${dateAt(1)}`

const PICTURE = (hue: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="hsl(${hue} 45% 40%)"/><circle cx="450" cy="300" r="180" fill="hsl(${hue} 50% 70%)"/></svg>`

/** Pictures that belong to no one, and one that fails to load. */
const showPictures = (page: Page): Promise<unknown> =>
  page.route('https://pictures.example/**', (route) => {
    const [hue = '0'] = /\d+/.exec(route.request().url()) ?? []
    if (hue === '0') return route.abort()
    return route.fulfill({ contentType: 'image/svg+xml', body: PICTURE(Number(hue)) })
  })

export const dinerViews: View[] = [
  { name: 'landing', route: '', path: () => '/', before: showPictures },
  {
    name: 'search',
    route: 'restaurants',
    path: () => '/restaurants',
    before: showPictures,
  },
  {
    name: 'search-nothing',
    route: 'restaurants',
    path: () => '/restaurants?keyword=%EC%97%86%EB%8A%94%EA%B3%B3',
  },
  {
    name: 'search-over',
    route: 'restaurants',
    path: () => `/restaurants?${new URLSearchParams({ keyword: '아침상' })}`,
    after: (page) =>
      page
        .getByText(/다음 빈자리|Next table/)
        .first()
        .waitFor(),
  },
  {
    name: 'search-free',
    route: 'restaurants',
    path: () => `/restaurants?${new URLSearchParams({ party: '4', free: 'today' })}`,
    before: showPictures,
  },
  {
    name: 'search-nothing-free',
    route: 'restaurants',
    path: () => `/restaurants?${new URLSearchParams({ party: '20', free: 'today' })}`,
  },
  { name: 'restaurant', route: 'restaurants/[slug]', path: () => '/restaurants/friday' },
  {
    name: 'restaurant-complete',
    route: 'restaurants/[slug]',
    path: () => '/restaurants/complete',
    before: showPictures,
    complaints: /ERR_FAILED/,
  },
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
    path: gardenTomorrow,
    as: 'newcomer',
    after: async (page) => {
      await firstFreeTime(page).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'booking-signed-out',
    route: 'restaurants/[slug]',
    path: gardenTomorrow,
    as: 'newcomer',
    after: async (page) => {
      await firstFreeTime(page).click()
      await page.context().clearCookies()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(예약하기|Book)$/ })
        .click()
      await page.getByRole('button', { name: /이어서 예약하기|Sign in and continue/ }).waitFor()
    },
    complaints: /401/,
  },
  {
    name: 'booking-unconfirmed',
    route: 'restaurants/[slug]',
    path: gardenTomorrow,
    as: 'unconfirmed',
    after: async (page) => {
      await firstFreeTime(page).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(예약하기|Book)$/ })
        .click()
      await page
        .getByRole('dialog')
        .getByRole('link', { name: /내 정보|account page/ })
        .waitFor()
    },
    complaints: /403/,
  },
  {
    name: 'booking-no-shows',
    route: 'restaurants/[slug]',
    path: gardenTomorrow,
    as: 'absent',
    after: async (page) => {
      await firstFreeTime(page).click()
      await page
        .getByRole('dialog')
        .getByText(/부터 다시 예약할 수 있어요|can book here again from/)
        .waitFor()
    },
    complaints: /403/,
  },
  { name: 'not-found', route: '[...rest]', path: () => '/nowhere', complaints: /404/ },
  { name: 'reservations', route: 'reservations', path: () => '/reservations', as: 'diner' },
  { name: 'reservations-none', route: 'reservations', path: () => '/reservations', as: 'newcomer' },
  ...(['coming', 'cancelled', 'held', 'awaiting', 'missed', 'disputed'] as const).map(
    (state): View => ({
      name: `reservation-${state}`,
      route: 'reservations/[id]',
      path: ({ reservationIds }) => `/reservations/${reservationIds[state]}`,
      as: 'diner',
    }),
  ),
  {
    name: 'reservation-change',
    route: 'reservations/[id]',
    path: ({ reservationIds }) => `/reservations/${reservationIds.coming}`,
    as: 'diner',
    after: async (page) => {
      await page.getByRole('button', { name: /^(예약 바꾸기|Change the reservation)$/ }).click()
      await page
        .getByRole('dialog')
        .getByText(/지금 예약:|Now: /)
        .waitFor()
    },
  },
  {
    name: 'reservation-change-refused',
    route: 'reservations/[id]',
    path: ({ reservationIds }) => `/reservations/${reservationIds.coming}`,
    as: 'diner',
    before: cutActions,
    after: async (page) => {
      await page.getByRole('button', { name: /^(예약 바꾸기|Change the reservation)$/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').last().fill('창가 자리로 부탁드려요')
      await dialog.getByRole('button', { name: /^(이대로 바꾸기|Change it)$/ }).click()
      await dialog.getByText(/확인하지 못했어요|couldn’t tell/).waitFor()
    },
    complaints: /ERR_FAILED|Failed to fetch/,
  },
  ...(['coming', 'cancelled'] as const).map(
    (state): View => ({
      name: `reservation-link-${state}`,
      route: 'reservations/[id]',
      path: ({ reservationIds }) =>
        `/reservations/${signMailboxLink({ kind: 'reservation', id: reservationIds[state], mailbox: 'diner1@bobjool.test' })}`,
    }),
  ),
  {
    name: 'reservation-link-diet',
    route: 'reservations/[id]',
    path: ({ evening: { partyId, mailbox } }) =>
      `/reservations/${signMailboxLink({ kind: 'reservation', id: partyId, mailbox })}`,
  },
  ...(['coming', 'cancelled'] as const).map(
    (state): View => ({
      name: `cancel-link-${state}`,
      route: 'cancel/[token]',
      path: ({ reservationIds }) =>
        `/cancel/${signMailboxLink({ kind: 'cancel', id: reservationIds[state], mailbox: 'diner1@bobjool.test' })}`,
    }),
  ),
  {
    name: 'cancel-link-moved',
    route: 'cancel/[token]',
    path: ({ reservationIds }) =>
      `/cancel/${signMailboxLink({ kind: 'cancel', id: reservationIds.coming, mailbox: 'old@bobjool.test' })}`,
  },
  { name: 'cancel-link-unknown', route: 'cancel/[token]', path: () => '/cancel/nothing' },
]
