import type { Locale } from '@/lib/i18n/locale'

const FIRST_BACK_OFF_MS = 5_000
const LONGEST_BACK_OFF_MS = 5 * 60_000

/**
 * How long to wait before the next attempt, in milliseconds: doubling from five seconds up to five
 * minutes, so that a mail server that was away for an hour gets everything within five minutes of
 * its return. `jitter` (0 to 1) spreads notices that failed together over half of that time.
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

/** Turns the reading direction of everything after it, so a name could rewrite the rest of a line. */
const directionControls = /[\u202a-\u202e\u2066-\u2069]/g
const lineBreaks = /\r\n|[\r\n\u0085\u2028\u2029]/g
const controlsButBreaks = /[^\P{Cc}\n]/gu

/** Text as a person meant it, on one line: fit for a subject, a header or a calendar field. */
export function tidyLine(text: string): string {
  return tidyText(text).replaceAll(/\s*\n\s*/g, ' ')
}

/** Text as a person meant it, with its line breaks and without characters that only machines see. */
export function tidyText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(lineBreaks, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(controlsButBreaks, '')
    .replaceAll(directionControls, '')
    .trim()
}

/** Who is told where there is no address, only the phones that follow a guest's ticket. */
export const DEVICE_ALONE = 'device'

/** Whether a notice was meant for an address: Slack has none, nor has a guest's phone. */
export const isAddressed = ({ channel, recipient }: { channel: string; recipient: string }) =>
  channel !== 'SLACK' && recipient !== DEVICE_ALONE

/** An address that its owner knows again, and nobody else learns: `h…@example.com`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at > 0 ? `${[...address][0]}…${address.slice(at)}` : '…'
}

/** A text without the mail addresses in it, for whoever may not read them. */
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
