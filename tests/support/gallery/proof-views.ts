import type { Page } from 'playwright-core'
import { cutApi, type View } from './view'

const press = async (page: Page) => {
  await page.getByRole('button', { name: /^(다시 계산하기|Work it out again)$/ }).click()
}
const see = (page: Page, words: RegExp) =>
  page.getByRole('status').getByText(words).first().waitFor()

/** The log as a cheat would like it: a turn that came a minute earlier. */
const tamper = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/openings/*/proof', async (route) => {
    const answer = await route.fetch()
    const text = await answer.text()
    const [given = ''] = /"givenAt":"[^"]+"/.exec(text) ?? []
    const earlier = new Date(Date.parse(given.slice(11, -1)) - 60_000).toISOString()
    await route.fulfill({ response: answer, body: text.replace(given, `"givenAt":"${earlier}"`) })
  })

const view = (given: Omit<View, 'route' | 'path'> & Partial<View>): View => ({
  route: 'openings/[id]/proof',
  path: ({ provenId }) => `/openings/${provenId}/proof`,
  ...given,
})

export const proofViews: View[] = [
  view({ name: 'proof-before', path: ({ openings }) => `/openings/${openings.lobby}/proof` }),
  view({ name: 'proof-drawn' }),
  view({
    name: 'proof-verified',
    after: async (page) => {
      await press(page)
      await see(page, /모두 맞아요|Everything checked is right/)
    },
  }),
  view({
    name: 'proof-tampered',
    before: tamper,
    after: async (page) => {
      await page.getByRole('textbox').fill('x.y')
      await press(page)
      await see(page, /맞지 않는 것이|Something is wrong/)
    },
  }),
  view({
    name: 'proof-without-beacon',
    path: ({ openings }) => `/openings/${openings.turn}/proof`,
  }),
  view({
    name: 'proof-cut-off',
    before: cutApi,
    after: async (page) => {
      await press(page)
      await see(page, /확인하지 못했어요|could not be checked/)
    },
    complaints: /ERR_FAILED/,
  }),
]
