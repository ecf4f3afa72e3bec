import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AddressObject, ParsedMail } from 'mailparser'

/** A demo's mails survive its restart, but are not kept for ever. */
const KEPT_MAILS = 500

export interface MailAttachment {
  fileName: string
  contentType: string
  content: Buffer
}

export interface Mail {
  id: string
  receivedAt: Date
  /** The envelope's recipients: who really gets it, whatever the header says. */
  recipients: string[]
  from: string
  to: string
  subject: string
  messageId: string
  /** Names in lower case; a repeated header has its last value. */
  headers: Record<string, string>
  text: string
  /** Null: the mail has no HTML part. */
  html: string | null
  attachments: MailAttachment[]
  raw: Buffer
}

/** The mails that arrived, newest first. With a folder they are kept as `.eml` files too. */
export class Mailbox {
  readonly #folder: string | null
  #mails: Mail[] = []

  constructor(folder: string | null) {
    this.#folder = folder
  }

  async load(): Promise<void> {
    if (!this.#folder) return
    mkdirSync(this.#folder, { recursive: true })
    const names = readdirSync(this.#folder).filter((name) => name.endsWith('.json'))
    for (const name of names.sort().slice(-KEPT_MAILS)) {
      const envelopeFile = path.join(this.#folder, name)
      const rawFile = envelopeFile.replace(/json$/, 'eml')
      if (!existsSync(rawFile)) continue
      const { id, receivedAt, recipients } = JSON.parse(readFileSync(envelopeFile, 'utf8'))
      const envelope = { id, receivedAt: new Date(receivedAt), recipients }
      this.#mails.unshift(await parseMail({ raw: readFileSync(rawFile), ...envelope }))
    }
  }

  async receive({ raw, recipients }: { raw: Buffer; recipients: string[] }): Promise<Mail> {
    const mail = await parseMail({ raw, recipients, id: randomUUID(), receivedAt: new Date() })
    this.#mails.unshift(mail)
    this.#mails.length = Math.min(this.#mails.length, KEPT_MAILS)
    if (this.#folder) this.#write(this.#folder, mail)
    return mail
  }

  list({ recipient }: { recipient?: string } = {}): Mail[] {
    const wanted = recipient?.trim().toLowerCase()
    if (!wanted) return [...this.#mails]
    return this.#mails.filter((mail) => mail.recipients.some((to) => to.includes(wanted)))
  }

  find(id: string): Mail | null {
    return this.#mails.find((mail) => mail.id === id) ?? null
  }

  clear(): void {
    this.#mails = []
    if (!this.#folder) return
    rmSync(this.#folder, { recursive: true, force: true })
    mkdirSync(this.#folder, { recursive: true })
  }

  #write(folder: string, { id, receivedAt, recipients, raw }: Mail): void {
    const name = path.join(folder, `${receivedAt.toISOString().replaceAll(':', '-')}_${id}`)
    writeFileSync(`${name}.eml`, raw)
    writeFileSync(`${name}.json`, JSON.stringify({ id, receivedAt, recipients }))
  }
}

interface Envelope {
  raw: Buffer
  id: string
  receivedAt: Date
  recipients: string[]
}

async function parseMail({ raw, id, receivedAt, recipients }: Envelope): Promise<Mail> {
  // Imported with the first mail: most test files never get one, and it is a large library.
  const { simpleParser } = await import('mailparser')
  const parsed = await simpleParser(raw)
  return {
    id,
    receivedAt,
    recipients: recipients.map((recipient) => recipient.toLowerCase()),
    from: parsed.from?.text ?? '',
    to: readAddresses(parsed.to),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    headers: readHeaders(parsed),
    text: parsed.text ?? '',
    html: parsed.html || null,
    attachments: parsed.attachments.map((attachment, index) => ({
      fileName: attachment.filename ?? `attachment-${index + 1}`,
      contentType: attachment.contentType,
      content: attachment.content,
    })),
    raw,
  }
}

function readAddresses(field: AddressObject | AddressObject[] | undefined): string {
  return [field ?? []]
    .flat()
    .map((address) => address.text)
    .join(', ')
}

function readHeaders(parsed: ParsedMail): Record<string, string> {
  const pairs = parsed.headerLines.map(({ key, line }) => {
    const value = line.slice(line.indexOf(':') + 1).replace(/\r?\n/g, '')
    return [key, value.trim()]
  })
  return Object.fromEntries(pairs)
}
