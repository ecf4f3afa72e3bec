import type { Page } from 'playwright-core'
import type { View } from './view'

/** The board of a service under way. */
export const evening = (state: string, rest: Partial<View> = {}): View => ({
  name: `day-board-${state}`,
  route: 'owner',
  path: () => '/owner?restaurant=evening',
  as: 'host',
  isWide: true,
  ...rest,
})

/** A party that is still to come, from the list. */
export const openComing = async (page: Page): Promise<void> => {
  await page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /(입장|Seat)$/ }) })
    .first()
    .getByRole('button', { name: /자세히|details/ })
    .click()
  await page.getByRole('dialog').waitFor()
}
