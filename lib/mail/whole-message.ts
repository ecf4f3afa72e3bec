import { PassThrough } from 'node:stream'
import type { PluginFunction } from 'nodemailer'

type Mail = Parameters<PluginFunction>[0]
type MimeNode = Exclude<NonNullable<Mail['message']>, boolean>

/** Longer lines of base64 may be refused (RFC 2045, 6.8). */
const LINES = /.{76}(?=.)/g

function encodeContent({ content }: MimeNode): string {
  if (typeof content !== 'string') throw new Error('a letter is made of texts')
  return Buffer.from(content).toString('base64').replace(LINES, '$&\r\n')
}

/** A part of a letter and those within it; every content is in base64. */
function writePart(part: MimeNode): string {
  // Also decides whether it is multipart.
  const head = `${part.buildHeaders()}\r\n\r\n`
  if (!part.multipart) return head + encodeContent(part)
  const inner = part.childNodes.map((child) => `--${part.boundary}\r\n${writePart(child)}\r\n`)
  return `${head}${inner.join('')}--${part.boundary}--\r\n`
}

/**
 * For nodemailer's step `stream`, with `encoding: 'base64'`: hands the whole message to the connection
 * as one chunk. Header fields are nodemailer's own. Its stream of each part, through an encoder each,
 * took more than the conversation with the server.
 */
export const sendWhole: PluginFunction = ({ message }, done) => {
  if (typeof message !== 'object') return done()
  const bytes = Buffer.from(writePart(message), 'latin1')
  message.createReadStream = () => new PassThrough().end(bytes)
  done()
}
