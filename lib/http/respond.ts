import { type DirectAnswer, isServedDirectly } from './direct'

type Body = string | Uint8Array<ArrayBuffer> | null

const bodies = new WeakMap<Response, Body>()

/** A response whose body is not made into a stream where the answer goes out directly. */
export function respond(body: Body, init: ResponseInit): Response {
  const isDirect = isServedDirectly()
  const response = new Response(isDirect ? null : body, init)
  if (isDirect) bodies.set(response, body)
  return response
}

/** A handler's response as it goes out directly. */
export async function readResponse(response: Response): Promise<DirectAnswer> {
  const { status, headers } = response
  const body = bodies.get(response)
  if (body !== undefined) return { status, headers, body }
  return { status, headers, body: response.body && new Uint8Array(await response.arrayBuffer()) }
}
