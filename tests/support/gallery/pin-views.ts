import type { Page } from 'playwright-core'
import type { View } from './view'

const pins = (state: string, rest: Partial<View> = {}): View => ({
  name: `account-pin${state}`,
  route: 'account',
  path: () => '/account',
  as: 'crew',
  ...rest,
})

const openPin = (page: Page) =>
  page.getByRole('button', { name: /골목 국밥 PIN|PIN for Alley Soup/ }).click()

async function mistypePin(page: Page): Promise<void> {
  await openPin(page)
  await page.getByLabel(/^(새 PIN|New PIN)$/).fill('1234')
  await page.getByRole('button', { name: /^(저장하기|Save)$/ }).click()
  await page.locator('[aria-invalid=true]').waitFor()
}

const staff = (state: string, after: NonNullable<View['after']>): View => ({
  name: `staff-pin-${state}`,
  route: 'owner/[slug]/staff',
  path: () => '/owner/evening/staff',
  as: 'host',
  after,
})

async function askToGive(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^정다온: (임시 PIN|Give a)/ }).click()
  await page.getByRole('dialog').waitFor()
}

async function give(page: Page): Promise<void> {
  await askToGive(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(임시 PIN 주기|Give a one-time PIN)$/ })
    .click()
  await page
    .getByRole('dialog')
    .getByText(/^\d{6}$/)
    .waitFor()
}

async function changeMinutes(page: Page): Promise<void> {
  await page.getByLabel(/PIN을 다시 묻기까지|Ask for the PIN again/).selectOption('5')
  await page.getByText(/바꿨어요|^Changed/).waitFor()
}

/** Where people set the PINs of shared tablets, and owners give one or say when it is asked for again. */
export const pinViews: View[] = [
  pins('s'),
  pins('-guessable', { after: mistypePin }),
  staff('give', askToGive),
  staff('given', give),
  staff('minutes', changeMinutes),
]
