import type { Page } from 'playwright-core'
import type { View } from './view'

const planning = { route: 'owner/[slug]/openings', as: 'owner' } as const
const openingsOf = (slug: string, query = '') => ({
  ...planning,
  path: () => `/owner/${slug}/openings${query}`,
})
const friday = openingsOf('friday')
const garden = openingsOf('garden')
const preview = (page: Page) => page.getByRole('button', { name: /^(미리 보기|Preview)$/ }).click()
const open = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
  await page.getByRole('dialog').waitFor()
}

const rehearsal = { route: 'owner/[slug]/openings/[id]', as: 'owner' } as const
const rehearse = (page: Page) =>
  page.getByRole('button', { name: /^(리허설하기|Rehearse)$/ }).click()

/** Planning openings: none, announced, running, over, and every act on them. */
export const planningViews: View[] = [
  { name: 'openings', ...friday, isWide: true },
  { name: 'openings-past', ...openingsOf('friday', '?show=past') },
  { name: 'openings-none', ...garden, isWide: true },
  { name: 'openings-running', ...openingsOf('rushed') },
  {
    name: 'openings-preview',
    ...garden,
    after: async (page) => {
      await preview(page)
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'openings-wrong',
    ...garden,
    after: async (page) => {
      await page.locator('input[name=turnsPerSecond]').first().fill('0')
      await page.locator('input[name=lobbyMinutes]').first().fill('20000')
      await preview(page)
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  {
    name: 'openings-past-time',
    ...garden,
    after: async (page) => {
      await page.locator('input[name=opensOn]').fill('2020-01-01')
      await preview(page)
      await page.getByText(/이미 지난 시간|That time has passed/).waitFor()
    },
  },
  { name: 'openings-rate', ...friday, after: open(/속도 바꾸기|Change the rate/) },
  { name: 'openings-cancel', ...friday, after: open(/취소하기|Cancel the opening/) },
  { name: 'rehearsal', ...rehearsal, path: ({ rehearsals }) => rehearsals.fresh },
  {
    name: 'rehearsal-crowded',
    ...rehearsal,
    path: ({ rehearsals }) => rehearsals.crowded,
    isWide: true,
  },
  {
    name: 'rehearsal-running',
    ...rehearsal,
    path: ({ rehearsals }) => rehearsals.running,
    isWide: true,
  },
  {
    name: 'rehearsal-over',
    ...rehearsal,
    path: ({ rehearsals }) => rehearsals.over,
    after: (page) => page.locator('summary').last().click(),
  },
  {
    name: 'rehearsal-wrong',
    ...rehearsal,
    path: ({ rehearsals }) => rehearsals.fresh,
    after: async (page) => {
      await page.locator('input[name=people]').fill('5')
      await rehearse(page)
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  {
    // Other openings of the gallery are near.
    name: 'rehearsal-near',
    ...rehearsal,
    path: ({ rehearsals }) => rehearsals.fresh,
    after: async (page) => {
      await rehearse(page)
      await page.getByText(/곧 열리거나 막 열린|An opening is near/).waitFor()
    },
  },
  {
    name: 'openings-recurring',
    ...friday,
    after: (page) => page.locator('summary').last().click(),
  },
]
