import { createHash, createPublicKey, verify } from 'node:crypto'

const relax = (line: string) => {
  const at = line.indexOf(':')
  const value = line
    .slice(at + 1)
    .replaceAll(/\r\n/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()
  return `${line.slice(0, at).trim().toLowerCase()}:${value}`
}

/** Whether a mail, as it arrived, has a DKIM signature (RFC 6376, relaxed/relaxed) of this key. */
export function isDkimSigned({
  raw,
  privateKey,
}: {
  raw: Buffer
  privateKey: string
}): { domain: string; selector: string; fields: string[] } | null {
  const text = raw.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const headers = text.slice(0, end).split(/\r\n(?![ \t])/)
  const own = headers.find((line) => /^dkim-signature:/i.test(line))
  if (!own) return null
  const tags = new Map(
    relax(own)
      .slice('dkim-signature:'.length)
      .split(';')
      .map((tag) => [
        tag.slice(0, tag.indexOf('=')).trim(),
        tag.slice(tag.indexOf('=') + 1).trim(),
      ]),
  )
  const body = text
    .slice(end + 4)
    .split('\r\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(?:\r\n)*$/, '\r\n')
  const hash = createHash('sha256').update(body, 'latin1').digest('base64')
  if (hash !== tags.get('bh')?.replaceAll(' ', '')) return null
  const fields = (tags.get('h') ?? '').split(':').map((name) => name.trim().toLowerCase())
  const left = headers.map(relax)
  const signed = fields.flatMap((name) => {
    const index = left.findLastIndex((line) => line.startsWith(`${name}:`))
    return index < 0 ? [] : left.splice(index, 1)
  })
  const bare = relax(own.replace(/\bb=[^;]*/, 'b='))
  const isValid = verify(
    'sha256',
    Buffer.from([...signed, bare].join('\r\n'), 'latin1'),
    createPublicKey(privateKey),
    Buffer.from((tags.get('b') ?? '').replaceAll(' ', ''), 'base64'),
  )
  return isValid ? { domain: tags.get('d') ?? '', selector: tags.get('s') ?? '', fields } : null
}
