import type { Locale } from '@/lib/i18n/locale'

const FIRST_BACK_OFF_MS = 5_000
const LONGEST_BACK_OFF_MS = 5 * 60_000

/**
 * How long to wait before the next attempt, in milliseconds: doubling from five seconds up to five
 * minutes, so that a mail server that was away for an hour receives everything within five minutes
 * of its return. `jitter` (0 to 1) spreads notices that failed together over half of that time.
 */
export function decideBackOffMs({
  attempts,
  jitter,
}: {
  attempts: number
  jitter: number
}): number {
  const doublings = Math.min(Math.max(attempts - 1, 0), 10)
  const longest = Math.min(FIRST_BACK_OFF_MS * 2 ** doublings, LONGEST_BACK_OFF_MS)
  return Math.round(longest * (0.5 + jitter / 2))
}

/** Small enough that a worker that dies leaves little undone; large enough to keep every connection busy. */
export const SMALLEST_BATCH = 20
const LARGEST_BATCH = 160
/** How long the notices of a batch may wait for their turn before the next one is smaller, or larger. */
const SLOW_MS = 1_000
const QUICK_MS = 300

/**
 * How many notices to claim next. What is claimed waits in front of whatever becomes urgent meanwhile, so
 * a batch grows only while its servers take it quickly; one claim costs the same however many it takes.
 */
export function decideBatchSize({ size, tookMs }: { size: number; tookMs: number }): number {
  if (tookMs > SLOW_MS) return Math.max(SMALLEST_BATCH, Math.floor(size / 2))
  return tookMs < QUICK_MS ? Math.min(LARGEST_BATCH, size * 2) : size
}

/** The recipient when there is no address, only the phones that follow a guest's ticket. */
export const DEVICE_ALONE = 'device'

/** Ends the recipient of a notice whose person was forgotten. */
const FORGOTTEN = '@erased.invalid'

/**
 * Whether a notice names an address: Slack has none, nor has a guest's phone, and after a while it is
 * forgotten.
 */
export const isAddressed = ({ channel, recipient }: { channel: string; recipient: string }) =>
  channel !== 'SLACK' && recipient !== DEVICE_ALONE && !recipient.endsWith(FORGOTTEN)

/** An address its owner recognises, but others can't read: `h…@example.com`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at > 0 ? `${[...address][0]}…${address.slice(at)}` : '…'
}

/** A text without its mail addresses, for readers who may not see them. */
export function hideAddresses(text: string): string {
  return text.replaceAll(/[^\s<>()"',;:]+@[^\s<>()"',;:]+/g, '…')
}

/** The public address of a page. Korean pages have no prefix. `path` begins with a slash. */
export function linkToPage({
  appUrl,
  locale,
  path,
}: {
  appUrl: string
  locale: Locale
  path: string
}): string {
  return `${appUrl.replace(/\/+$/, '')}${locale === 'ko' ? '' : `/${locale}`}${path}`
}

/** The page of the staff's board on one service date; its settings are another page. */
export function pathToBoard({
  restaurant,
  serviceDate,
}: {
  restaurant: { slug: string }
  serviceDate: string
}): string {
  return `/owner?${new URLSearchParams({ restaurant: restaurant.slug, date: serviceDate })}`
}
