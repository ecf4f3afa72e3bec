import { env } from '@/lib/env'
import { isLocale } from '@/lib/i18n/locale'
import { postToSlack } from '@/lib/push/slack'
import { bury, postpone } from './attempt.commands'
import type { Deliver } from './delivery.types'
import { linkToPage } from './rules'
import { tryToWrite } from './slack.rules'

/**
 * To the restaurant's Slack. A hook that Slack has closed is not asked again, and its owner sees so;
 * nobody is written to instead, as the board and the history say the same.
 */
export const deliverToSlack: Deliver = async ({ notice, timeoutMs, silent }) => {
  const { id, locale, hookUrl, restaurantId } = notice
  if (!hookUrl) return bury({ notice, error: 'Slack is not set any more' })
  if (!isLocale(locale)) return bury({ notice, error: 'unknown-locale' })
  const text = tryToWrite(notice, locale)
  if ('failed' in text) return bury({ notice, error: text.failed })
  const { title, lines, link } = text
  const url = linkToPage({ appUrl: env.APP_URL, locale, path: link.path })
  const message = { title, lines, link: { label: link.label, url } }
  if (silent.has(new URL(hookUrl).origin))
    return postpone({ notice, error: 'Slack said nothing', isServerAway: false })
  const posted = await postToSlack({ url: hookUrl, message, timeoutMs })
  if (posted.outcome === 'accepted')
    return { outcome: { id, outcome: 'sent' }, isServerAway: false }
  if (posted.outcome === 'temporary') {
    if (posted.isAway) silent.add(new URL(hookUrl).origin)
    return postpone({ notice, error: posted.error, isServerAway: false })
  }
  const buried = bury({ notice, error: posted.error })
  const isClosed = posted.outcome === 'gone' && restaurantId !== null
  return isClosed
    ? { ...buried, outcome: { ...buried.outcome, refusedHook: { restaurantId, url: hookUrl } } }
    : buried
}
