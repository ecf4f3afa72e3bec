import { type Posted, postOutside } from '@/lib/http/outside-post'
import { isSlackHook } from './notice-origin'

/** User input may contain text that Slack reads as a mention or a link; plain text disarms it. */
const plain = (text: string) => ({ type: 'plain_text', text: text.slice(0, 2_900), emoji: false })
const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Writes one message to a restaurant's Slack. */
export async function postToSlack({
  url,
  message: { title, lines, link },
  timeoutMs,
}: {
  url: string
  message: { title: string; lines: string[]; link: { label: string; url: string } }
  timeoutMs: number
}): Promise<Posted> {
  if (!isSlackHook(url)) return { outcome: 'gone', error: 'not a Slack webhook' }
  const body = {
    text: escapeText(title),
    blocks: [
      { type: 'section', text: plain([title, ...lines].join('\n')) },
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain(link.label), url: link.url }],
      },
    ],
  }
  return postOutside({
    channel: 'slack',
    url,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    goneAt: [403, 404, 410],
    timeoutMs,
  })
}
