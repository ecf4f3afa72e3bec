import type { Page } from 'playwright-core'
import { dateAt, type View } from './view'

const settings = (page: string) => () => `/owner/garden/${page}`
const route = (page: string) => `owner/[slug]/${page}`
const press = (name: RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const dialog = (page: Page) => page.getByRole('dialog').waitFor()
const open = (name: RegExp) => async (page: Page) => {
  await press(name)(page)
  await dialog(page)
}

const hours = { route: route('hours'), path: settings('hours'), as: 'owner' } as const
const tables = { route: route('tables'), path: settings('tables'), as: 'owner' } as const
const areas = { route: route('areas'), path: settings('areas'), as: 'owner' } as const
const plan = { route: route('floor-plan'), path: settings('floor-plan'), as: 'owner' } as const
const schedule = { route: route('schedule'), path: settings('schedule'), as: 'owner' } as const
const day = { route: route('schedule/[date]'), as: 'owner' } as const

/** Hours, tables, the weeks made of them, and their slots. */
export const scheduleViews: View[] = [
  { name: 'hours', ...hours, isWide: true },
  {
    name: 'hours-wrong',
    ...hours,
    after: async (page) => {
      await page.locator('input[type=time]').nth(1).fill('11:00')
      await page.locator('form button[type=submit]').click()
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  { name: 'hours-copy', ...hours, after: open(/다른 요일에 복사|Copy to other days/) },
  { name: 'hours-begun', ...hours, path: () => '/owner/begun/hours' },
  {
    name: 'hours-booked',
    ...hours,
    path: () => '/owner/evening/hours',
    as: 'host',
    after: async (page) => {
      await page.locator('[data-today="true"] button').click()
      await press(/쉬는 날로 정하기|Make it a day off/)(page)
      await dialog(page)
    },
  },
  { name: 'tables', ...tables, isWide: true },
  { name: 'tables-add', ...tables, after: open(/테이블 넣기|Add tables/) },
  {
    name: 'tables-remove',
    ...tables,
    after: async (page) => {
      await open(/1번 테이블 바꾸기|Change table 1$/)(page)
      await press(/그만 쓰기|Stop using/)(page)
    },
  },
  { name: 'tables-begun', ...tables, path: () => '/owner/begun/tables' },
  { name: 'areas', ...areas, isWide: true },
  { name: 'areas-add', ...areas, after: open(/구역 만들기|Add an area/) },
  {
    name: 'areas-combine',
    ...areas,
    isWide: true,
    after: async (page) => {
      await open(/조합 만들기|Add a combination/)(page)
      for (const index of [0, 1]) await page.getByRole('checkbox').nth(index).check()
    },
  },
  { name: 'areas-begun', ...areas, path: () => '/owner/begun/areas' },
  { name: 'floor-plan', ...plan, isWide: true },
  {
    name: 'floor-plan-moved',
    ...plan,
    isWide: true,
    after: async (page) => {
      const table = page.getByRole('button', { name: /^(2번 테이블|Table 2),/ })
      await table.focus()
      await table.press('ArrowDown')
      await page.getByRole('button', { name: /바꾼 것 버리기|Discard/ }).waitFor()
    },
  },
  { name: 'floor-plan-begun', ...plan, path: () => '/owner/begun/floor-plan' },
  { name: 'schedule', ...schedule, isWide: true },
  { name: 'schedule-begun', ...schedule, path: () => '/owner/begun/schedule' },
  { name: 'schedule-range', ...schedule, after: open(/기간 골라서|Choose dates/) },
  { name: 'schedule-preview', ...schedule, after: open(/앞으로 2주|next two weeks/) },
  { name: 'schedule-day', ...day, path: () => `/owner/garden/schedule/${dateAt(2)}`, isWide: true },
  {
    name: 'schedule-slot',
    ...day,
    path: () => `/owner/garden/schedule/${dateAt(2)}`,
    after: open(/빈 자리$|Available$/),
  },
  {
    name: 'schedule-slot-change',
    ...day,
    path: () => `/owner/garden/schedule/${dateAt(2)}`,
    after: async (page) => {
      await open(/빈 자리$|Available$/)(page)
      await press(/시간·인원|Change time/)(page)
    },
  },
  {
    name: 'schedule-day-none',
    ...day,
    path: () => `/owner/garden/schedule/${dateAt(40)}`,
  },
]
