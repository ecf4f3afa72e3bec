import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** The smallest first, because it wins where a client likes several as much. */
export const CODINGS = ['br', 'gzip'] as const
export type Coding = (typeof CODINGS)[number]

/** Less than this is not worth the header. */
const SMALLEST_BYTES = 1_024

/** Higher qualities cost many times as much for a few per cent. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const compressors: Record<Coding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, BROTLI),
  gzip: (bytes) => promisify(gzip)(bytes),
}

export type PackedBody = {
  bytes: Buffer
  /** Null: it is too small to be packed. */
  pack: (coding: Coding) => Promise<Buffer> | null
}

/** A body and what it is compressed to: once for each coding, when that is first asked for. */
export function createPackedBody(
  body: string,
  compress: Record<Coding, (bytes: Buffer) => Promise<Buffer>> = compressors,
): PackedBody {
  const bytes = Buffer.from(body)
  const packed = new Map<Coding, Promise<Buffer>>()
  return {
    bytes,
    pack: (coding) => {
      if (bytes.length < SMALLEST_BYTES) return null
      const made = packed.get(coding) ?? compress[coding](bytes)
      packed.set(coding, made)
      return made
    },
  }
}

const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/** The weight of each coding that a header names; one with an invalid weight is not accepted. */
function readWeights(accepted: string): Map<string, number> {
  const named = accepted.split(',').map((part): [string, number] => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    return [name, WEIGHT.test(weight) ? Number(weight) : 0]
  })
  return new Map(named)
}

/** What `Accept-Encoding` likes best (RFC 9110, 12.5.3). Null: the body as it is. */
export function chooseCoding({
  accepted,
  from = CODINGS,
}: {
  accepted: string | null
  from?: readonly Coding[]
}): Coding | null {
  const weights = readWeights(accepted ?? '')
  const weigh = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0
  const [best] = from.toSorted((one, other) => weigh(other) - weigh(one))
  if (!best || weigh(best) === 0) return null
  return weigh(best) >= (weights.get('identity') ?? 0) ? best : null
}
