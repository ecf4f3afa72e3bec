import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Mail, Mailbox } from './mailbox'
import { frameMail, renderList, renderMail, renderNotFound } from './pages'

export interface MailWeb {
  port: number
  stop: () => Promise<void>
}

interface Page {
  status?: number
  type: string
  body: string | Buffer
  headers?: Record<string, string>
}

/** The page for people and, under /api, the same for programs. */
export async function openMailWeb({
  mailbox,
  port,
}: {
  mailbox: Mailbox
  port: number
}): Promise<MailWeb> {
  const server = createServer((request, response) => {
    const page = route({ request, mailbox })
    write({ response, page })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function route({ request, mailbox }: { request: IncomingMessage; mailbox: Mailbox }): Page {
  const url = new URL(request.url ?? '/', 'http://inbox')
  const recipient = url.searchParams.get('to') ?? ''
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const isApi = parts[0] === 'api'
  if (isApi) parts.shift()
  if (request.method === 'DELETE' && isApi && parts[0] === 'messages' && parts.length === 1) {
    mailbox.clear()
    return json({ messages: [] })
  }
  if (parts.length === 0) return html(renderList({ mails: mailbox.list({ recipient }), recipient }))
  if (parts[0] !== 'messages') return notFound(isApi)
  if (parts.length === 1 && isApi) {
    return json({ messages: mailbox.list({ recipient }).map(summarise) })
  }
  const mail = mailbox.find(parts[1] ?? '')
  if (!mail) return notFound(isApi)
  if (parts.length === 2) return isApi ? json(describe(mail)) : html(renderMail(mail))
  return showPart({ mail, part: parts[2] ?? '', index: Number(parts[3]) }) ?? notFound(isApi)
}

function showPart({ mail, part, index }: { mail: Mail; part: string; index: number }): Page | null {
  if (part === 'html' && mail.html !== null) {
    // The mail's own markup: no script, no form, links open in a tab of their own.
    const policy =
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
      "img-src data: http: https:; style-src 'unsafe-inline'"
    const headers = { 'content-security-policy': policy }
    return { type: 'text/html; charset=utf-8', body: frameMail(mail.html), headers }
  }
  if (part === 'raw') return { type: 'text/plain; charset=utf-8', body: mail.raw }
  const attachment = part === 'attachments' ? mail.attachments[index] : undefined
  if (!attachment) return null
  const name = encodeURIComponent(attachment.fileName)
  const headers = { 'content-disposition': `attachment; filename*=UTF-8''${name}` }
  return { type: attachment.contentType, body: attachment.content, headers }
}

function summarise(mail: Mail) {
  const { id, receivedAt, recipients, from, to, subject, messageId } = mail
  const attachments = mail.attachments.map(({ fileName, contentType, content }, index) => ({
    fileName,
    contentType,
    bytes: content.length,
    path: `/messages/${id}/attachments/${index}`,
  }))
  return { id, receivedAt, recipients, from, to, subject, messageId, attachments }
}

function describe(mail: Mail) {
  const { headers, text, html: markup } = mail
  return { ...summarise(mail), headers, text, html: markup }
}

function html(body: string): Page {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'self' 'unsafe-inline'; connect-src 'self'; frame-src 'self'"
  const headers = { 'content-security-policy': policy }
  return { type: 'text/html; charset=utf-8', body, headers }
}

function json(value: object): Page {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(value) }
}

function notFound(isApi: boolean): Page {
  const page = isApi ? json({ reason: 'not-found' }) : html(renderNotFound())
  return { ...page, status: 404 }
}

function write({ response, page }: { response: ServerResponse; page: Page }): void {
  response.writeHead(page.status ?? 200, {
    'content-type': page.type,
    'content-length': Buffer.byteLength(page.body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...page.headers,
  })
  response.end(page.body)
}
