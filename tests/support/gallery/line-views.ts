import { cutApi, type View } from './view'

const ticket = (state: string, rest: Partial<View> = {}): View => ({
  name: `ticket-${state}`,
  route: 'tickets/[id]',
  path: ({ lines }) => `/tickets/${lines.ownId}`,
  as: 'diner',
  ...rest,
})

const linked = (state: 'called' | 'lastCalled' | 'lapsed' | 'cancelled'): View =>
  ticket(state, { path: ({ lines }) => `/tickets/${lines.tokens[state]}`, as: null })

export const lineViews: View[] = [
  ticket('waiting'),
  ticket('postponing', {
    after: async (page) => {
      await page.getByRole('button', { name: /^(순서 미루기|Let others pass)$/ }).click()
      await page.getByRole('dialog').getByRole('radio').nth(1).check()
    },
  }),
  ticket('cut-off', { before: cutApi, complaints: /ERR_FAILED/ }),
  linked('called'),
  linked('lastCalled'),
  linked('lapsed'),
  linked('cancelled'),
  { name: 'line-paused', route: 'restaurants/[slug]', path: () => '/restaurants/paused' },
]
