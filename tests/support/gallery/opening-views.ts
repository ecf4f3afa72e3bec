import type { Page } from 'playwright-core'
import type { Opening } from '@/domain/opening/schema'
import type { OpeningsScene } from './openings'
import { cutApi, type View, type Viewer } from './view'

const snapshot = /\/api\/v1\/openings\/[^/]+$/

const changeSnapshot = (changes: Partial<Opening>) => (page: Page) =>
  page.route(snapshot, async (route) => {
    const asked = await route.request().allHeaders()
    // A 304 has no body to change.
    const answer = await route.fetch({ headers: { ...asked, 'if-none-match': '' } })
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...changes } })
  })

/** The moment between the instant and the draw, held still. */
const holdDraw = changeSnapshot({ state: 'DRAWING', orderSeed: null, drawnAt: null })

/** A crowd that enters, in which this phone draws a place far behind, and then is not answered. */
const holdCrowd = async (page: Page): Promise<unknown> => {
  await page.addInitScript(() => {
    Math.random = () => 0.95
  })
  await page.route('**/entries', () => {})
  return changeSnapshot({ entering: { perSecond: 500, ahead: 10_000 } })(page)
}

/** A turn that ends two seconds after it was given, as the page is told. */
const shortenTurn = (page: Page): Promise<unknown> =>
  page.route('**/turn', async (route) => {
    const answer = await route.fetch()
    const expiresAt = new Date(Date.now() + 2_000).toISOString()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), expiresAt } })
  })

const seeText = (words: RegExp) => (page: Page) =>
  page.getByRole('main').getByText(words).first().waitFor()
const seeButton = (words: RegExp) => (page: Page) =>
  page.getByRole('main').getByRole('button', { name: words }).first().waitFor()

const enterButton = /^(대기실 들어가기|Enter the lobby)$/
/** A browser without a receipt, so that the page has to ask whether the diner is in. */
const NOT_IN = /404/

const view = ({
  opening,
  ...rest
}: { name: string; opening: keyof OpeningsScene; as?: Viewer } & Omit<
  View,
  'route' | 'path'
>): View => ({
  route: 'openings/[id]',
  path: ({ openings }) => `/openings/${openings[opening]}`,
  ...rest,
})

export const openingViews: View[] = [
  view({ name: 'opening-announced', opening: 'announced' }),
  view({
    name: 'opening-signed-out',
    opening: 'lobby',
    after: seeButton(/로그인하고 대기실|Sign in and enter/),
  }),
  view({
    name: 'opening-lobby',
    opening: 'lobby',
    as: 'diner',
    after: seeButton(enterButton),
    complaints: NOT_IN,
  }),
  view({
    name: 'opening-entering-soon',
    opening: 'lobby',
    as: 'diner',
    before: holdCrowd,
    after: async (page) => {
      await page.getByRole('button', { name: enterButton }).click()
      await seeText(/초 뒤에 들어가요|You enter in about/)(page)
    },
    complaints: NOT_IN,
  }),
  view({
    name: 'opening-in-the-lobby',
    opening: 'lobby',
    as: 'newcomer',
    after: async (page) => {
      await seeText(/대기실에 들어왔어요|in the lobby/)(page)
      await page.locator('summary').click()
    },
  }),
  view({
    name: 'opening-by-arrival',
    opening: 'lobbyByArrival',
    as: 'newcomer',
    after: seeText(/17번|number is 17/),
  }),
  view({
    name: 'opening-unconfirmed',
    opening: 'lobby',
    as: 'unconfirmed',
    after: async (page) => {
      await page.getByRole('button', { name: enterButton }).click()
      await seeText(/주소를 먼저 확인|confirm your email/)(page)
    },
    complaints: /403|404/,
  }),
  view({
    name: 'opening-cut-off',
    opening: 'lobby',
    before: cutApi,
    complaints: /ERR_FAILED/,
  }),
  view({
    name: 'opening-drawing',
    opening: 'waitingLate',
    as: 'newcomer',
    before: holdDraw,
    after: seeText(/추첨하고 있어요|being drawn/),
  }),
  view({
    name: 'opening-waiting',
    opening: 'waiting',
    as: 'newcomer',
    after: seeText(/쯤 차례가 와요|comes at about/),
  }),
  view({
    name: 'opening-waiting-late',
    opening: 'waitingLate',
    as: 'newcomer',
    after: seeText(/있던 .*명 다음|After the/),
  }),
  view({
    name: 'opening-late',
    opening: 'waitingLate',
    as: 'diner',
    after: seeButton(/다음 순서로|after them/),
    complaints: NOT_IN,
  }),
  view({
    name: 'opening-cohort',
    opening: 'waitingCohort',
    as: 'newcomer',
    after: seeText(/함께 추첨해요|drawn together/),
  }),
  view({
    name: 'opening-late-drawn',
    opening: 'waitingCohort',
    as: 'diner',
    after: seeText(/20초마다|same 20 seconds/),
    complaints: NOT_IN,
  }),
  view({
    name: 'opening-turn',
    opening: 'turn',
    as: 'newcomer',
    after: seeButton(/\d\d:\d\d/),
  }),
  view({
    name: 'opening-turn-ran-out',
    opening: 'turn',
    as: 'newcomer',
    before: shortenTurn,
    after: seeButton(/5분 더|five more/),
  }),
  view({ name: 'opening-sold-out', opening: 'soldOut', after: seeText(/모두 찼어요|is full/) }),
  view({ name: 'opening-over', opening: 'over', after: seeText(/끝났어요|has ended/) }),
  view({
    name: 'opening-cancelled',
    opening: 'cancelled',
    after: seeText(/취소됐어요|was cancelled/),
  }),
]
