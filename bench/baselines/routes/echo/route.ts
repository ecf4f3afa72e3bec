/** B0: what the framework allows. Reads a JSON body and answers; nothing else. */
export async function POST(request: Request): Promise<Response> {
  await request.json()
  return Response.json({ ok: true })
}
