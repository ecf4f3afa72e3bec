/**
 * What a request is worth while there is more to do than can be done, from what is refused first to
 * what is refused last:
 * - `cached`: any cache in front could have answered it;
 * - `entry`: somebody new comes to an opening or a line;
 * - `booking`: a booking without a turn, and everything that has no class of its own;
 * - `act`: a turn, a booking whose turn is one of ours, staff's work, changes of what is held, what
 *   the operator's own machines ask, and an opening's snapshot: it paces a crowd, which would come
 *   at once without it.
 *
 * `spared` is never refused: files of the build, and what watches the process. `sign-in` has a door of its
 * own, because one takes as long as sixteen other requests.
 */
export type RequestClass = RankedClass | 'spared' | 'sign-in'
export const RANKED = ['cached', 'entry', 'booking', 'act'] as const
export type RankedClass = (typeof RANKED)[number]

const SPARED = /^\/(_next\/static\/|icons\/|api\/health(\/|$)|api\/metrics$)/
const SIGN_IN = /^\/api\/(v1\/(session|session\/proof|accounts)|auth\/callback\/credentials)$/
const SNAPSHOT =
  /^\/api\/v1\/(openapi\.json|tonight|restaurants(\/[^/]+(\/(board|line))?)?|openings\/[^/]+\/proof)$/
const OPENING_SNAPSHOT = /^\/api\/v1\/openings\/[^/]+$/
/** Pages that are the same for every visitor, and files that are made when they are asked for. */
const SHARED_PAGE =
  /^(\/en|\/ko)?\/?(restaurants(\/[^/]+)?|openings\/[^/]+(\/proof)?|terms|privacy)?$|\.\w+$/
const OPENING_ENTRY = /^\/api\/v1\/openings\/[^/]+\/entries$/
const OTHER_ENTRY = /^\/api\/v1\/restaurants\/[^/]+\/(tickets|soft-holds)$/
const BOOKING = /^\/api\/v1\/reservations$/
const STAFF =
  /^(\/api\/cron\/|\/api\/v1\/(restaurants\/[^/]+\/.|slots\/|workplaces$|kiosk$|session\/(seal|proof-code)$)|(\/en|\/ko)?\/(owner|admin)(\/|$))/

/** Without its query and the slashes at its end. */
export function pathOf(url: string): string {
  const end = url.indexOf('?')
  const path = end < 0 ? url : url.slice(0, end)
  return path.length > 1 && path.endsWith('/') ? path.replace(/\/+$/, '') || '/' : path
}

/** Of the class `entry`: to an opening, not to a line. */
export const isOpeningEntry = (url: string): boolean => OPENING_ENTRY.test(pathOf(url))

function classifyReading(path: string): RequestClass {
  if (SNAPSHOT.test(path)) return 'cached'
  if (STAFF.test(path) || OPENING_SNAPSHOT.test(path)) return 'act'
  if (path.startsWith('/api/')) return 'booking'
  return SHARED_PAGE.test(path) ? 'cached' : 'booking'
}

/** `holdsTurn` is asked for a booking only. */
export function classifyRequest({
  method,
  url,
  holdsTurn,
}: {
  method: string
  url: string
  holdsTurn: () => boolean
}): RequestClass {
  const path = pathOf(url)
  if (SPARED.test(path)) return 'spared'
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return classifyReading(path)
  if (method === 'POST') {
    if (SIGN_IN.test(path)) return 'sign-in'
    if (OPENING_ENTRY.test(path) || OTHER_ENTRY.test(path)) return 'entry'
    if (BOOKING.test(path)) return holdsTurn() ? 'act' : 'booking'
  }
  return 'act'
}
