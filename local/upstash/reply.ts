import type { Reply } from './upstream'
import { RedisError } from './upstream'

export type JsonReply = { result: JsonValue } | { error: string }
type JsonValue = string | number | null | JsonValue[]

/** `isBase64`: every string but a top-level OK, because the SDK takes that one as it stands. */
export function toJsonReply({ reply, isBase64 }: { reply: Reply; isBase64: boolean }): JsonReply {
  if (reply instanceof RedisError) return { error: reply.message }
  if (isBase64 && isOk(reply)) return { result: 'OK' }
  return { result: toJson({ reply, isBase64 }) }
}

function toJson({ reply, isBase64 }: { reply: Reply; isBase64: boolean }): JsonValue {
  if (reply === null || typeof reply === 'number') return reply
  if (Array.isArray(reply)) return reply.map((each) => toJson({ reply: each, isBase64 }))
  const bytes = Buffer.isBuffer(reply) ? reply : Buffer.from(String(reply))
  return bytes.toString(isBase64 ? 'base64' : 'utf8')
}

function isOk(reply: Reply): boolean {
  return Buffer.isBuffer(reply) && reply.length === 2 && reply.toString() === 'OK'
}
