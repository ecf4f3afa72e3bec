/**
 * Shows that the process answers, and says nothing about its dependencies. Where the process has a listener
 * of its own, it answers there, past every queue (`lib/http/live.ts`).
 */
export function GET(): Response {
  return Response.json({ live: true }, { headers: { 'cache-control': 'no-store' } })
}
