const EVERY_MS = 5000

/** One machine has no Vercel Cron, so the demo is its own timer. Returns what stops it. */
export function startSweepTimer({ url, secret }: { url: string; secret: string }): () => void {
  let isSweeping = false
  const timer = setInterval(async () => {
    if (isSweeping) return
    isSweeping = true
    // The application logs every failure itself, and five seconds later the sweep runs again.
    await fetch(`${url}/api/cron/sweep`, {
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(30_000),
    }).then(
      (response) => response.arrayBuffer(),
      () => {},
    )
    isSweeping = false
  }, EVERY_MS)
  return () => clearInterval(timer)
}
