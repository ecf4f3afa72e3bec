import { cutApi, type View } from './view'

export const ownerViews: View[] = [
  {
    name: 'day-board',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'owner',
    isWide: true,
  },
  {
    name: 'check-in',
    route: 'owner/check-in/[id]',
    path: ({ reservationIds }) => `/owner/check-in/${reservationIds.coming}`,
    as: 'owner',
    isWide: true,
  },
  {
    name: 'day-board-cut-off',
    route: 'owner',
    path: () => '/owner?restaurant=garden',
    as: 'owner',
    isWide: true,
    before: cutApi,
    complaints: /ERR_FAILED/,
  },
  {
    name: 'day-board-line-only',
    route: 'owner',
    path: () => '/owner?restaurant=corner',
    as: 'owner',
    isWide: true,
  },
  { name: 'day-board-nobody', route: 'owner', path: () => '/owner', as: 'diner', isWide: true },
]
