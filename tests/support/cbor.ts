/** A length or a number in the fewest bytes (RFC 8949, 3). */
function encodeHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 0x100) return Buffer.from([(major << 5) | 24, value])
  const head = Buffer.from([(major << 5) | 25, 0, 0])
  head.writeUInt16BE(value, 1)
  return head
}

/** As much of CBOR as an authenticator speaks: numbers, texts, bytes and maps. */
export function encodeCbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? encodeHead(1, -1 - value) : encodeHead(0, value)
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([encodeHead(3, text.length), text])
  }
  if (value instanceof Uint8Array) return Buffer.concat([encodeHead(2, value.length), value])
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, each]) => [encodeCbor(key), encodeCbor(each)])
    return Buffer.concat([encodeHead(5, value.size), ...entries])
  }
  throw new Error(`no CBOR for ${String(value)}`)
}
