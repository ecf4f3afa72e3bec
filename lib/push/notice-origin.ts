import { env } from '@/lib/env'

/**
 * The push services of existing browsers: Chrome and its derivatives, Firefox, Safari, Edge. An
 * endpoint comes from a browser, which anyone can imitate; without this list an attacker could make
 * us send requests anywhere, our own network included.
 */
const pushHosts =
  /^(?:fcm\.googleapis\.com|(?:[\w-]+\.)*push\.services\.mozilla\.com|(?:[\w-]+\.)*push\.apple\.com|(?:[\w-]+\.)*notify\.windows\.com)$/

const SLACK_HOST = 'hooks.slack.com'

function readUrl(text: string): URL | null {
  try {
    const url = new URL(text)
    return url.username || url.password || url.hash ? null : url
  } catch {
    return null
  }
}

const isSecure = ({ protocol, port }: URL) => protocol === 'https:' && port === ''

/** Whether a browser's push endpoint is one we send to. */
export function isPushEndpoint(text: string): boolean {
  const url = readUrl(text)
  if (!url) return false
  return (isSecure(url) && pushHosts.test(url.hostname)) || env.NOTICE_ORIGINS.includes(url.origin)
}

/** Whether it is an incoming webhook of Slack, or of a server the operator has named. */
export function isSlackHook(text: string): boolean {
  const url = readUrl(text)
  if (!url) return false
  const isSlack =
    isSecure(url) && url.hostname === SLACK_HOST && /^\/(?:services|triggers)\/./.test(url.pathname)
  return isSlack || env.NOTICE_ORIGINS.includes(url.origin)
}
