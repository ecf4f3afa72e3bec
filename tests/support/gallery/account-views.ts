import type { Page } from 'playwright-core'
import { signInBesideRecovery, signInGuarded } from './guarded'
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

/** An account that is well kept: several devices and passkeys, and a proof of yesterday. */
const { as: _, ...visitorsAccount } = account('')
const guarded = (state: string, rest: Partial<View> = {}): View => ({
  ...visitorsAccount,
  name: `account-${state}`,
  before: signInGuarded,
  ...rest,
})
const dialog = (page: Page) => page.getByRole('dialog')
/** An act that needs a proof of the last ten minutes, and is refused first. */
async function askForProof(page: Page) {
  await page.getByRole('button', { name: /CSV/ }).click()
  await dialog(page).locator('input').waitFor()
}
async function mistypeCode(page: Page) {
  await askForProof(page)
  await dialog(page)
    .getByRole('button', { name: /메일 코드로|emailed code/ })
    .click()
  await dialog(page)
    .getByRole('button', { name: /메일로 코드 받기|Email me a code/ })
    .click()
  await dialog(page).locator('input[name="code"]').fill('123456')
  await dialog(page)
    .getByRole('button', { name: /^(확인|Confirm)$/ })
    .click()
  await dialog(page).locator('input[aria-invalid="true"]').waitFor()
}
async function stopRecovery(page: Page) {
  await page.getByRole('button', { name: /^(요청 멈추기|Stop the request)$/ }).click()
  await page.getByText(/요청을 멈췄어요|The request is stopped/).waitFor()
}
async function openPasskey(page: Page) {
  const named = /패스키 이름 바꾸기|Change Name of the passkey/
  await page.getByRole('button', { name: named }).first().click()
}
async function askToRemovePasskey(page: Page) {
  await openPasskey(page)
  await page
    .getByRole('button', { name: /지우기$|^Remove / })
    .first()
    .click()
  await dialog(page).waitFor()
}

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
  guarded('devices'),
  guarded('proof', { after: askForProof, complaints: /403/ }),
  guarded('proof-wrong-code', { after: mistypeCode, complaints: /403/ }),
  guarded('recovery', { before: signInBesideRecovery }),
  guarded('recovery-stopped', { before: signInBesideRecovery, after: stopRecovery }),
  guarded('passkey-open', { after: openPasskey }),
  guarded('passkey-remove', { after: askToRemovePasskey }),
  account('-passkey', { route: 'account/passkey', path: () => '/account/passkey' }),
  deletion(''),
  deletion('-last-owner', { as: 'owner' }),
  deletion('-without-password', { as: 'waiting' }),
]
