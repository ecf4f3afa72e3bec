import { ZodError } from 'zod'
import { linkToPage } from '@/domain/notification/rules'
import { cancelledPayload, reservationPayload, troublePayload } from '@/domain/notification/schema'
import type { ClaimedNotice } from '@/domain/notification/types'
import { env } from '@/lib/env'
import { isLocale, type Locale } from '@/lib/locale'
import { postToSlack } from '@/lib/slack'
import { bury, postpone } from '../attempt/commands'
import type { Deliver } from '../types'
import { type SlackText, writeBooked, writeCancelled, writeTrouble } from './rules'

/** What of a restaurant's day is written to its Slack. Null: this kind isn't. */
function writeText({ kind, payload }: ClaimedNotice, locale: Locale): SlackText | null {
  if (kind === 'RESERVATION_CONFIRMED')
    return writeBooked(reservationPayload.parse(payload), locale)
  if (kind === 'RESERVATION_CANCELLED')
    return writeCancelled(cancelledPayload.parse(payload), locale)
  if (kind === 'DELIVERY_TROUBLE') return writeTrouble(troublePayload.parse(payload), locale)
  return null
}

function tryToWrite(notice: ClaimedNotice, locale: Locale): SlackText | { failed: string } {
  try {
    return writeText(notice, locale) ?? { failed: `unknown-kind: ${notice.kind}` }
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    return { failed: `bad-payload: ${error.issues.map(({ path }) => path.join('.')).join(', ')}` }
  }
}

/**
 * To the restaurant's Slack. A hook that Slack has closed is not asked again, and its owner sees so;
 * nobody is written to instead, as the board and the history say the same.
 */
export const deliverToSlack: Deliver = async ({ notice, timeoutMs }) => {
  const { id, locale, hookUrl, restaurantId } = notice
  if (!hookUrl) return bury({ notice, error: 'Slack is not set any more' })
  if (!isLocale(locale)) return bury({ notice, error: 'unknown-locale' })
  const text = tryToWrite(notice, locale)
  if ('failed' in text) return bury({ notice, error: text.failed })
  const { title, lines, link } = text
  const url = linkToPage({ appUrl: env.APP_URL, locale, path: link.path })
  const message = { title, lines, link: { label: link.label, url } }
  const posted = await postToSlack({ url: hookUrl, message, timeoutMs })
  if (posted.outcome === 'accepted')
    return { outcome: { id, outcome: 'sent' }, isServerAway: false }
  if (posted.outcome === 'temporary')
    return postpone({ notice, error: posted.error, isServerAway: false })
  const buried = bury({ notice, error: posted.error })
  const isClosed = posted.outcome === 'gone' && restaurantId !== null
  return isClosed
    ? { ...buried, outcome: { ...buried.outcome, refusedHookOf: restaurantId } }
    : buried
}
