import type { Page } from 'playwright-core'
import { cutApi, type View } from './view'

const ticket = (state: string, rest: Partial<View> = {}): View => ({
  name: `ticket-${state}`,
  route: 'tickets/[id]',
  path: ({ lines }) => `/tickets/${lines.ownId}`,
  as: 'diner',
  ...rest,
})

const linked = (state: 'called' | 'lastCalled' | 'lapsed' | 'cancelled'): View =>
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

export const lineViews: View[] = [
  ticket('waiting'),
  ticket('postponing', {
    after: async (page) => {
      await page.getByRole('button', { name: /^(순서 미루기|Let others pass)$/ }).click()
      await page.getByRole('dialog').getByRole('radio').nth(1).check()
    },
  }),
  ticket('cut-off', { before: cutApi, complaints: /ERR_FAILED/ }),
  linked('called'),
  linked('lastCalled'),
  linked('lapsed'),
  linked('cancelled'),
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
      await page.getByRole('button', { name: /^(웨이팅|Line)/ }).click()
      await openFirst(page)
    },
  }),
  { name: 'line-paused', route: 'restaurants/[slug]', path: () => '/restaurants/paused' },
]
