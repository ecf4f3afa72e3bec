const LONGEST_ANSWER = 300
/** Mails wait behind it; whoever needs longer is as good as away. */
const PATIENCE_MS = 5_000

export type Posted =
  | { outcome: 'accepted' }
  /** There is nobody at this address any more; asking again is of no use. */
  | { outcome: 'gone'; error: string }
  | { outcome: 'permanent'; error: string }
  /** `isAway`: it was not reached, or said nothing in time. */
  | { outcome: 'temporary'; error: string; isAway: boolean }

/**
 * Posts once to a place outside that was allowed before. Follows no redirect: it could lead to a place
 * that was not. `timeoutMs` counts up to five seconds. `goneAt`: statuses by which that place says that
 * nobody is there any more. What the other side or the network did wrong is a value.
 */
export async function postOutside({
  url,
  headers,
  body,
  goneAt,
  timeoutMs,
}: {
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
      // Taken is taken, whatever becomes of the rest of the answer.
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
    return { outcome: 'temporary', error: said, isAway: true }
  }
}

/** The first words of an answer; somebody who never stops answering is not listened to. */
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
