import type { Page } from 'playwright-core'
import { describeProblem, type Reason } from '@/lib/problems/problem'
import { evening } from './evening-view'
import type { View } from './view'

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const idOf = (last: number) => `00000000-0000-4000-8000-00000000000${last}`

/** Refuses what goes to that address as the service does, in the language of the page. */
const refuse = (
  page: Page,
  { url, reason, details = {} }: { url: RegExp; reason: Reason; details?: Record<string, unknown> },
): Promise<unknown> =>
  page.route(url, (route) => {
    if (route.request().method() === 'GET') return route.fallback()
    const isEnglish = route.request().headers()['accept-language']?.startsWith('en')
    const told = describeProblem({ reason, locale: isEnglish ? 'en' : 'ko', details })
    const { status, retryAfterSeconds, body } = told
    return route.fulfill({
      status,
      contentType: 'application/problem+json',
      headers: {
        ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      },
      body: JSON.stringify(body),
    })
  })

/** The terrace in the rain: one party keeps its time elsewhere, one comes later, one sits, one has no place. */
function answerClosures(page: Page): Promise<unknown> {
  const party = (at: number, name: string | null, change: object) => ({
    reservationId: idOf(at),
    sequence: 0,
    status: 'CONFIRMED',
    partySize: 2,
    name,
    serviceDate: inMinutes(0).slice(0, 10),
    startsAt: inMinutes(30 * at),
    endsAt: inMinutes(30 * at + 90),
    tableNumbers: [2],
    move: null,
    ...change,
  })
  const move = (change: object) => ({ startsAt: inMinutes(60), tableNumbers: [1], ...change })
  const closure = {
    id: idOf(9),
    area: { id: idOf(8), name: '테라스' },
    tableNumbers: [2, 3],
    from: inMinutes(-15),
    to: inMinutes(240),
    reason: '비',
    parties: [
      party(1, '서하린', { move: move({ isOtherTime: false }) }),
      party(2, '강도현', { partySize: 6, move: move({ isOtherTime: true, tableNumbers: [4, 5] }) }),
      party(3, null, { status: 'SEATED' }),
      party(4, '정하린', { partySize: 9 }),
    ],
  }
  return page.route(/\/closures$/, (route) =>
    route.request().method() === 'GET'
      ? route.fulfill({ json: [closure] })
      : route.fulfill({ status: 201, json: closure }),
  )
}

function answerActs(page: Page): Promise<unknown> {
  const act = (at: number, name: string, change: object) => ({
    id: idOf(at),
    at: inMinutes(-7 * at),
    act: name,
    by: { role: 'STAFF', name: '한도윤' },
    party: null,
    ticketNumber: null,
    tableNumbers: [],
    isUndone: false,
    ...change,
  })
  const party = {
    reservationId: idOf(7),
    serviceDate: inMinutes(0).slice(0, 10),
    startsAt: inMinutes(-30),
    partySize: 2,
    walkIn: false,
    name: '최이안',
  }
  const items = [
    act(1, 'CLOSE_TABLES', { tableNumbers: [2, 3] }),
    act(2, 'SEAT', { party, isUndone: true, by: { role: 'OWNER', name: '이사장' } }),
    act(3, 'CALL', { ticketNumber: 12 }),
    act(4, 'BOOK', { party, by: { role: 'DINER', name: null } }),
    act(5, 'WRITE_SHIFT_NOTE', { by: { role: 'STAFF', name: null } }),
  ]
  return page.route(/\/acts\?/, (route) => route.fulfill({ json: { items, nextCursor: 'more' } }))
}

async function openMore(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^(더보기|More)$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name }).click()
}

/** Table 2, for a reason. */
async function chooseTable(page: Page): Promise<void> {
  await openMore(page, /^(테이블 닫기|Close tables)$/)
  const panel = page.getByRole('dialog')
  await panel.getByRole('button', { name: /^(2번|Table 2)$/ }).click()
  await panel.getByLabel(/^(이유|Reason)$/).fill('다리가 부러짐')
}

const closeTable = (page: Page): Promise<void> =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: /1개 테이블 닫기|Close 1 table/ })
    .click()

async function writeNote(page: Page): Promise<void> {
  await openMore(page, /^(인수인계 메모|Shift note)$/)
  await page
    .getByLabel(/다음 근무자에게 남길 말|What the next shift/)
    .fill('3번 손님 케이크는 9시에. 꽃은 냉장고에 있어요.')
}

/** A person of the shared tablet types a PIN. */
async function enterPin(page: Page): Promise<void> {
  await page.getByRole('button', { name: /누가 일하고|Who is working/ }).click()
  const dialog = page.locator('dialog[open]')
  await dialog.getByRole('button', { name: '서지안' }).click()
  await dialog.locator('input').fill('4071')
  await dialog.getByRole('button', { name: /^(확인|OK)$/ }).click()
}

const tablet = (
  state: string,
  { told, ...refused }: { reason: Reason; details?: Record<string, unknown>; told: RegExp },
): View => ({
  name: `day-board-pin-${state}`,
  route: 'owner',
  path: () => '/owner?restaurant=garden',
  as: 'tablet',
  isWide: true,
  before: (page) => refuse(page, { url: /\/authors$/, ...refused }),
  after: async (page) => {
    await enterPin(page)
    await page.locator('dialog[open]').getByText(told).waitFor()
  },
  complaints: /40[39]|42[239]/,
})

/** Evenings that go wrong, the hand-over, and who acts on a shared tablet. */
export const badEveningViews: View[] = [
  evening('close-tables', { after: chooseTable }),
  evening('close-tables-refused', {
    before: (page) =>
      refuse(page, {
        url: /\/closures$/,
        reason: 'already-closed',
        details: { tableNumbers: [2] },
      }),
    after: async (page) => {
      await chooseTable(page)
      await closeTable(page)
      await page
        .getByRole('dialog')
        .locator('[role=status]')
        .getByText(/이미 닫은|closed at that time already/)
        .waitFor()
    },
    complaints: /409/,
  }),
  evening('closures', {
    before: answerClosures,
    after: async (page) => {
      await chooseTable(page)
      await closeTable(page)
      await page.getByText(/2팀 모두 옮기기|Move all 2 parties/).waitFor()
    },
  }),
  evening('closures-none', {
    before: (page) =>
      page.route(/\/closures$/, (route) =>
        route.request().method() === 'GET'
          ? route.fulfill({ json: [] })
          : route.fulfill({ status: 201, json: {} }),
      ),
    after: async (page) => {
      await chooseTable(page)
      await closeTable(page)
      await page.getByText(/닫아 둔 테이블이 없어요|No table is closed/).waitFor()
    },
  }),
  evening('shift-note', { after: writeNote }),
  evening('shift-note-changed', {
    before: (page) =>
      refuse(page, {
        url: /\/shift-note\?/,
        reason: 'changed-meanwhile',
        details: {
          present: { version: 2, text: '8번은 대표님 손님', by: '서지안', at: inMinutes(-1) },
        },
      }),
    after: async (page) => {
      await writeNote(page)
      await page.getByRole('button', { name: /^(남기기|Leave note)$/ }).click()
      await page.getByText('8번은 대표님 손님').waitFor()
    },
    complaints: /409/,
  }),
  evening('acts', {
    before: answerActs,
    after: async (page) => {
      await openActs(page)
      await page.getByRole('dialog').getByText('이사장', { exact: false }).waitFor()
    },
  }),
  evening('acts-lost', {
    before: (page) => page.route(/\/acts\?/, (route) => route.abort()),
    after: async (page) => {
      await openActs(page)
      await page.getByText(/다시 열어 주세요|open it again/).waitFor()
    },
    complaints: /ERR_FAILED/,
  }),
  tablet('wrong', { reason: 'wrong-pin', told: /PIN이 맞지 않아요|isn’t the right PIN/ }),
  tablet('wait', {
    reason: 'rate-limited',
    details: { retryAfterMs: 240_000 },
    told: /4분 뒤에|in 4 minutes/,
  }),
  tablet('locked', { reason: 'pin-locked', told: /잠겼어요|is locked/ }),
  tablet('must-change', {
    reason: 'pin-must-change',
    told: /임시 PIN이 맞아요|right one-time PIN/,
  }),
]

async function openActs(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(오늘 한 일|Tonight’s log)$/ }).click()
  await page.getByRole('dialog').waitFor()
}
