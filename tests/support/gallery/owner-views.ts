import type { Page } from 'playwright-core'
import { evening, openComing } from './evening-view'
import { cutApi, type View } from './view'

/** Another person has cancelled it meanwhile. */
const refuseActs = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/reservations/*/seat', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ reason: 'wrong-status', title: 'Cancelled', present: 'CANCELLED' }),
    }),
  )

const refuseBooking = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/restaurants/*/reservations', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ reason: 'already-booked', title: 'Booked' }),
    }),
  )

async function openBooking(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^\+ (예약|Booking)$/ }).click()
  await page.getByRole('dialog').waitFor()
}

const pickTomorrow = (page: Page): Promise<void> =>
  page
    .getByRole('group', { name: /^(날짜|Date)/ })
    .getByRole('button')
    .nth(1)
    .click()

async function fillCaller(page: Page): Promise<void> {
  const panel = page.getByRole('dialog')
  await panel.getByLabel(/^(이름|Name)$/).fill('김단골')
  await panel.getByLabel(/^(전화번호|Phone)$/).fill('010-2345-6789')
  await panel.getByLabel(/^(이메일|Email)$/).fill('regular@bobjool.test')
}

/** What the guest book tells of the open party. */
async function showGuest(page: Page) {
  const card = page.getByRole('region', { name: /^(손님 장부|Guest book)$/ })
  await card.getByText(/^(기록|History)$/).waitFor()
  await card.scrollIntoViewIfNeeded()
  return card
}

const fullEvening = (state: string, rest: Partial<View> = {}): View => ({
  name: `day-board-full${state}`,
  route: 'owner',
  path: ({ fullEvening: { slug } }) => `/owner?restaurant=${slug}`,
  as: 'keeper',
  isWide: true,
  ...rest,
})

/** Where the tables have no room beside the lists, they are behind a tab. */
async function showTables(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: /^(테이블|Tables)$/ })
  if (await tab.isVisible()) await tab.click()
  await page.getByRole('grid').waitFor()
}

/** The picture of the room, behind a tab or a button. */
async function showPicture(page: Page): Promise<void> {
  const name = /^(배치도|Floor)$/
  const tab = page.getByRole('tab', { name })
  await ((await tab.isVisible()) ? tab : page.getByRole('button', { name })).click()
  await page.locator('[data-picture-table]').first().waitFor()
}

/** Another tablet has done the same a moment before. */
const refuseAsDone = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/reservations/*/seat', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ reason: 'cannot-move', title: 'Seated', present: 'SEATED' }),
    }),
  )

const openParty = (key: string): Partial<View> => ({
  path: ({ fullEvening: { slug, partyIds } }) => `/owner?restaurant=${slug}&party=${partyIds[key]}`,
})

/** Who may act on the shared tablet, in a dialog over its board. */
async function seeNames(page: Page) {
  await page.getByRole('button', { name: /누가 일하고|Who is working/ }).click()
  await page.locator('dialog[open]').getByText('서지안').waitFor()
}

export const ownerViews: View[] = [
  fullEvening(''),
  fullEvening('-tables', { after: showTables }),
  fullEvening('-picture', { after: showPicture }),
  fullEvening('-over', openParty('한시간')),
  fullEvening('-arrived', openParty('도착한')),
  fullEvening('-very-late', openParty('정이십')),
  fullEvening('-told-quietly', {
    before: refuseAsDone,
    after: async (page) => {
      const seat = page.getByRole('listitem').getByRole('button', { name: /(입장|Seat)$/ })
      await seat.first().click()
      await page.locator('[data-bar=DONE_ALREADY]').waitFor()
    },
    complaints: /409/,
  }),
  {
    name: 'day-board',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'owner',
    isWide: true,
  },
  {
    name: 'day-board-shared',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'tablet',
    isWide: true,
  },
  {
    name: 'day-board-who-acts',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'tablet',
    isWide: true,
    after: seeNames,
  },
  {
    name: 'day-board-pin',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'tablet',
    isWide: true,
    after: async (page) => {
      await seeNames(page)
      await page.getByRole('button', { name: '서지안' }).click()
      await page.locator('dialog[open] input').waitFor()
    },
  },
  {
    name: 'owner-prove',
    route: 'owner/prove',
    path: () => '/owner/prove',
    as: 'tablet',
    isWide: true,
  },
  {
    name: 'check-in',
    route: 'owner/check-in/[id]',
    path: ({ reservationIds }) => `/owner/check-in/${reservationIds.coming}`,
    as: 'owner',
    isWide: true,
  },
  {
    name: 'day-board-cut-off',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'owner',
    isWide: true,
    before: cutApi,
    after: (page) =>
      page
        .getByText(/오프라인 ·|Offline ·/)
        .first()
        .waitFor(),
    complaints: /ERR_FAILED/,
  },
  {
    name: 'day-board-picture-cut-off',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'owner',
    isWide: true,
    before: cutApi,
    after: async (page) => {
      await showPicture(page)
      await page
        .getByText(/오프라인 ·|Offline ·/)
        .first()
        .waitFor()
    },
    complaints: /ERR_FAILED/,
  },
  {
    name: 'day-board-awaiting',
    route: 'owner',
    path: ({ awaitingDate, reservationIds }) =>
      `/owner?restaurant=garden&date=${awaitingDate}&party=${reservationIds.awaiting}`,
    as: 'owner',
    isWide: true,
  },
  evening('party', {
    path: ({ evening: { slug, partyId } }) => `/owner?restaurant=${slug}&party=${partyId}`,
  }),
  evening('guest', {
    path: ({ evening: { slug, partyId } }) => `/owner?restaurant=${slug}&party=${partyId}`,
    after: async (page) => {
      await showGuest(page)
    },
  }),
  evening('guest-edit', {
    path: ({ evening: { slug, partyId } }) => `/owner?restaurant=${slug}&party=${partyId}`,
    after: async (page) => {
      await (await showGuest(page)).getByRole('button', { name: /^(고치기|Edit)$/ }).click()
      await page.getByLabel(/^(새 태그|New tag)$/).fill('생일')
    },
  }),
  evening('guest-consent', {
    path: ({ evening: { slug, partyId } }) => `/owner?restaurant=${slug}&party=${partyId}`,
    after: async (page) => {
      await (await showGuest(page)).getByRole('button', { name: /^(고치기|Edit)$/ }).click()
      await page.getByLabel(/^(계속 보관해도|May we keep)/).selectOption('PHONE')
      await page.getByLabel(/^(언제 동의|When did)/).fill('')
      await page.getByRole('button', { name: /^(저장|Save)$/ }).click()
      await page.getByText(/오늘이나 지난 날짜로|an earlier date/).waitFor()
    },
  }),
  evening('guest-merge', {
    path: ({ evening: { slug, partyId } }) => `/owner?restaurant=${slug}&party=${partyId}`,
    after: async (page) => {
      await (await showGuest(page)).getByRole('button', { name: /^(합치기|Merge)$/ }).click()
      await page.getByLabel(/^(같은 분인 손님|Same person as)$/).scrollIntoViewIfNeeded()
    },
  }),
  evening('cancel', {
    after: async (page) => {
      await openComing(page)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(예약 취소|Cancel booking)$/ })
        .click()
      await page.getByRole('textbox', { name: /취소하는 이유|Reason for cancelling/ }).waitFor()
    },
  }),
  evening('walk-in', {
    after: async (page) => {
      await page.getByRole('button', { name: /^(워크인|Walk-in)$/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  evening('phone-booking', { after: openBooking }),
  evening('phone-booking-tomorrow', {
    after: async (page) => {
      await openBooking(page)
      await pickTomorrow(page)
      await page
        .getByRole('dialog')
        .getByText(/시간표가 없어요|no schedule/)
        .waitFor()
    },
  }),
  evening('phone-booking-cut-off', {
    after: async (page) => {
      await openBooking(page)
      await page.route('**/day?date=*', (route) => route.abort())
      await pickTomorrow(page)
      await page
        .getByRole('dialog')
        .getByText(/불러오지 못했어요|could not be loaded/)
        .waitFor()
    },
    complaints: /ERR_FAILED/,
  }),
  evening('phone-booking-refused', {
    before: refuseBooking,
    after: async (page) => {
      await openBooking(page)
      await fillCaller(page)
      await page.getByRole('button', { name: /2명 예약하기$|^Book for 2\b/ }).click()
      await page.getByText(/이날 예약이 이미 있어요|already has a booking/).waitFor()
    },
    complaints: /409/,
  }),
  evening('phone-booking-own-time', {
    after: async (page) => {
      await openBooking(page)
      await page.getByRole('button', { name: /^(다른 시간 직접 적기|Another time)$/ }).click()
    },
  }),
  evening('blocked', {
    after: async (page) => {
      await showTables(page)
      const cell = page.getByRole('gridcell').getByRole('button', { name: /막아 둠|Blocked/ })
      await cell.first().click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  evening('refused-act', {
    before: refuseActs,
    after: async (page) => {
      const seat = page.getByRole('listitem').getByRole('button', { name: /(입장|Seat)$/ })
      await seat.first().click()
      await page
        .getByText(/이미 취소된 예약이에요|already cancelled/)
        .first()
        .waitFor()
    },
    complaints: /409/,
  }),
  evening('left-hand', {
    before: (page) => page.addInitScript(() => localStorage.setItem('bobjool.hand', 'left')),
  }),
  {
    name: 'day-board-line-only',
    route: 'owner',
    path: () => '/owner?restaurant=corner',
    as: 'owner',
    isWide: true,
  },
  {
    name: 'day-board-offline-nothing',
    route: 'owner/offline',
    path: () => '/owner/offline',
    as: 'owner',
    isWide: true,
  },
  ...(['diner', 'waiting', 'refused'] as const).map(
    (viewer): View => ({
      name: `day-board-${viewer === 'diner' ? 'nobody' : viewer}`,
      route: 'owner',
      path: () => '/owner',
      as: viewer,
      isWide: true,
    }),
  ),
]
