import { noteTrouble } from '@/lib/trouble'

const LONGEST_ANSWER = 300
/** Other mail waits behind this request, so a server that needs longer counts as away. */
const PATIENCE_MS = 5_000

export type Posted =
  | { outcome: 'accepted' }
  /** The recipient no longer exists at this address; a retry would be useless. */
  | { outcome: 'gone'; error: string }
  | { outcome: 'permanent'; error: string }
  /** `isAway`: the server was unreachable or did not answer in time. */
  | { outcome: 'temporary'; error: string; isAway: boolean }

/**
 * Posts once to an outside server whose address was checked before. Follows no redirect, since it
 * could lead to an unchecked address. `timeoutMs` is capped at five seconds. `goneAt`: the statuses
 * that mean the recipient no longer exists. Failures of the server or the network are values; a server
 * that is away is told as its channel's trouble.
 */
export async function postOutside({
  channel,
  url,
  headers,
  body,
  goneAt,
  timeoutMs,
}: {
  channel: 'push' | 'slack'
  url: string
  headers: Record<string, string>
  body: BodyInit
  goneAt: readonly number[]
  timeoutMs: number
}): Promise<Posted> {
  try {
    const signal = AbortSignal.timeout(Math.min(timeoutMs, PATIENCE_MS))
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    if (response.ok) {
      // The server has accepted the request; the rest of its answer does not matter.
      await response.body?.cancel().catch(() => {})
      return { outcome: 'accepted' }
    }
    const error = `${response.status} ${await readStart(response)}`.trim()
    if (goneAt.includes(response.status)) return { outcome: 'gone', error }
    const isBusy = response.status === 429 || response.status >= 500
    return isBusy ? { outcome: 'temporary', error, isAway: false } : { outcome: 'permanent', error }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const said = tidy(`${error.name}: ${error.message}`)
    noteTrouble({ kind: `${channel} server away`, problem: said })
    return { outcome: 'temporary', error: said, isAway: true }
  }
}

/**
 * The start of an answer; reading stops early, so a server that never stops answering costs
 * nothing.
 */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const { value } = await reader.read()
  await reader.cancel()
  return tidy(new TextDecoder().decode(value))
}

function tidy(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_ANSWER)
}
