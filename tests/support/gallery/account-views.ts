import type { Page } from 'playwright-core'
import type { View } from './view'

const account = (state: string, rest: Partial<View> = {}): View => ({
  name: `account${state}`,
  route: 'account',
  path: () => '/account',
  as: 'diner',
  ...rest,
})
const deletion = (state: string, rest: Partial<View> = {}): View => ({
  ...account(`-delete${state}`, rest),
  route: 'account/delete',
  path: () => '/account/delete',
})

const openSetting = (nth: number) => (page: Page) =>
  page
    .getByRole('main')
    .getByRole('button', { name: /바꾸기|Change/ })
    .nth(nth)
    .click()

export const accountViews: View[] = [
  account(''),
  account('-unconfirmed', { as: 'unconfirmed' }),
  account('-waiting', { as: 'waiting' }),
  account('-refused', { as: 'refused' }),
  account('-returned', { as: 'returned' }),
  account('-owner', { as: 'owner' }),
  account('-admin', { as: 'admin' }),
  account('-phone-refused', {
    after: async (page) => {
      await openSetting(1)(page)
      await page.getByRole('textbox').fill('전화 주세요')
      await page.getByRole('textbox').press('Enter')
      await page.locator('[aria-invalid=true]').waitFor()
    },
  }),
  account('-password', { after: openSetting(4) }),
  account('-menu', {
    as: 'admin',
    after: (page) => page.getByRole('navigation').getByRole('button').click(),
  }),
  account('-passkey', { route: 'account/passkey', path: () => '/account/passkey' }),
  deletion(''),
  deletion('-last-owner', { as: 'owner' }),
  deletion('-without-password', { as: 'waiting' }),
]
