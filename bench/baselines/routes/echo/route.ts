/** B0: what the framework allows. Reads a JSON body and answers; nothing else happens. */
export async function POST(request: Request): Promise<Response> {
  await request.json()
  return Response.json({ ok: true })
}
