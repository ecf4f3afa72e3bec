/** Shows that the process answers, and says nothing about its dependencies. */
export function GET(): Response {
  return Response.json({ live: true }, { headers: { 'cache-control': 'no-store' } })
}
