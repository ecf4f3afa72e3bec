import type { Page } from 'playwright-core'
import { evening, openComing } from './evening-view'
import type { View } from './view'

/** A colleague was faster. */
const refuseChange = (page: Page): Promise<unknown> =>
  page.route('**/api/v1/reservations/*/change', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ reason: 'slot-taken', title: 'Taken' }),
    }),
  )

const openChange = async (page: Page): Promise<void> => {
  await openComing(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(바꾸기|Change)$/ })
    .click()
  await page.getByText(/옮길 자리를 누르거나|Tap a table on the board/).waitFor()
}

/** Another table, time or size for a party of the board. */
export const changeViews: View[] = [
  evening('change', { after: openChange }),
  evening('change-target', {
    after: async (page) => {
      await openChange(page)
      // A phone's panel covers the board, which its dialog makes inert.
      await page
        .locator('[role=gridcell] button:not([aria-disabled])', { hasText: /빈 자리|Available/ })
        .first()
        .dispatchEvent('click')
      await page.getByText(/자리로 옮길까요|^Move to table/i).waitFor()
    },
  }),
  evening('change-own-time', {
    after: async (page) => {
      await openChange(page)
      await page.getByRole('button', { name: /^(다른 시간 직접 적기|Another time)$/ }).click()
    },
  }),
  evening('change-swap', {
    after: async (page) => {
      await openChange(page)
      // A phone's panel covers the board, which its dialog makes inert.
      await page.locator('[role=gridcell] button', { hasText: '강도현' }).dispatchEvent('click')
      await page.getByText(/맞바꿀까요|Swap the two/).waitFor()
    },
  }),
  evening('change-refused', {
    before: refuseChange,
    after: async (page) => {
      await openComing(page)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(3번 테이블|Table 3)$/ })
        .click()
      await page
        .getByText(/방금 다른 예약이 들어왔어요|Another booking just came in/)
        .first()
        .waitFor()
    },
    complaints: /409/,
  }),
]
