import type { Page } from 'playwright-core'
import type { LineScene } from './lines'
import { cutApi, type View } from './view'

const ticket = (state: string, rest: Partial<View> = {}): View => ({
  name: `ticket-${state}`,
  route: 'tickets/[id]',
  path: ({ lines }) => `/tickets/${lines.ownId}`,
  as: 'diner',
  ...rest,
})

const linked = (state: keyof LineScene['tokens']): View =>
  ticket(state, { path: ({ lines }) => `/tickets/${lines.tokens[state]}`, as: null })

const board = (state: string, rest: Partial<View> = {}): View => ({
  name: `line-board${state}`,
  route: 'owner',
  path: () => '/owner?restaurant=queue',
  as: 'owner',
  isWide: true,
  ...rest,
})

const openFirst = (page: Page) =>
  page
    .getByRole('button', { name: /자세히$|: details$/ })
    .first()
    .click()

/** The tablet already has its token, as from the owner's page. */
const atDoor = (state: string, rest: Partial<View> = {}): View => ({
  name: `kiosk${state}`,
  route: 'owner/kiosk',
  path: ({ lines }) => `/owner/kiosk#${lines.kioskToken}`,
  isWide: true,
  ...rest,
})

const submit = (page: Page) => page.locator('main form button[type=submit]').click()

export const lineViews: View[] = [
  ticket('waiting'),
  ticket('postponing', {
    after: async (page) => {
      await page.getByRole('button', { name: /^(순서 미루기|Let others go ahead)$/ }).click()
      await page.getByRole('dialog').getByRole('radio').nth(1).check()
    },
  }),
  ticket('cut-off', { before: cutApi, complaints: /ERR_FAILED/ }),
  linked('called'),
  linked('lastCalled'),
  linked('lapsed'),
  linked('cancelled'),
  {
    ...linked('forgetting'),
    after: async (page) => {
      await page
        .getByRole('button', { name: /^(내 연락처 지우기|Erase my contact details)$/ })
        .click()
    },
  },
  linked('forgotten'),
  {
    ...linked('remembered'),
    after: async (page) => {
      await page
        .getByRole('button', { name: /^(손님 장부에서 지우기|Delete me from the guest book)$/ })
        .click()
    },
  },
  board(''),
  board('-ticket', {
    after: async (page) => {
      await openFirst(page)
      await page.getByRole('button', { name: /^(웨이팅 취소|Cancel this ticket)$/ }).click()
    },
  }),
  board('-setting', {
    after: async (page) => {
      await page.getByRole('button', { name: /^(웨이팅 바꾸기|Change the line)$/ }).click()
      await page.getByText(/^(잠시 쉬기|Pause)$/).click()
    },
  }),
  board('-tables', {
    path: () => '/owner?restaurant=evening',
    as: 'host',
    after: async (page) => {
      await page.getByRole('tab', { name: /^(웨이팅|Line)/ }).click()
      await openFirst(page)
    },
  }),
  atDoor('', { after: (page) => page.locator('main form').waitFor() }),
  atDoor('-contact', {
    after: async (page) => {
      await submit(page)
      await page.getByRole('radio').nth(1).check()
      await page.locator('input[type=tel]').fill('12')
      await submit(page)
    },
  }),
  atDoor('-remember', {
    after: async (page) => {
      await submit(page)
      await page.getByRole('radio').nth(1).check()
      await page.locator('input[type=tel]').fill('010-2345-6789')
      await page.getByRole('checkbox').check()
      await submit(page)
    },
  }),
  atDoor('-ticket', {
    after: async (page) => {
      await submit(page)
      await submit(page)
      await page.getByRole('img', { name: /QR/ }).waitFor()
    },
  }),
  atDoor('-none', { path: () => '/owner/kiosk' }),
  {
    name: 'kiosks',
    route: 'owner/[slug]/kiosks',
    path: () => '/owner/queue/kiosks',
    as: 'owner',
    after: async (page) => {
      await page.getByRole('textbox').fill('2층 입구')
      await submit(page)
      await page.getByRole('img', { name: /QR/ }).waitFor()
    },
  },
  { name: 'line-paused', route: 'restaurants/[slug]', path: () => '/restaurants/paused' },
]
