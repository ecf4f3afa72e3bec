import { connect, type Socket } from 'node:net'

/** One answer. */
export interface WireAnswer {
  /** 0: no answer. */
  status: number
  etag: string
  /** Null: the answer did not say. */
  retryAfterSeconds: number | null
  body: string
}

export interface WireRequest {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
  /** The client hangs up that long after asking, answered or not. */
  cutAfterMs?: number
}

const NOTHING: WireAnswer = { status: 0, etag: '', retryAfterSeconds: null, body: '' }
/** Longer than any request may take. */
const PATIENCE_MS = 30_000

type Waiting = { request: WireRequest; resolve: (answer: WireAnswer) => void }

/**
 * HTTP/1.1 over a bounded number of kept connections, with as little work per request as possible:
 * a process that stands in for a hundred thousand phones shares the machine with what it measures.
 * Understands answers with a length and in chunks. Requests above the bound wait their turn.
 */
export class Wire {
  readonly #idle: Connection[] = []
  readonly #all = new Set<Connection>()
  #waiting: Waiting[] = []
  #taken = 0
  readonly #origins: URL[]
  readonly #most: number
  #made = 0

  /** Connections go to the addresses in turn. */
  constructor({ urls, most }: { urls: string[]; most: number }) {
    this.#origins = urls.map((url) => new URL(url))
    this.#most = most
  }

  ask(request: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve) => {
      const connection = this.#take()
      if (connection) this.#run({ connection, request, resolve })
      else this.#waiting.push({ request, resolve })
    })
  }

  /**
   * Opens every connection beforehand, since an edge takes thousands of new ones in a moment, and the
   * process that stands in for it does not.
   */
  async open(): Promise<void> {
    for (let left = this.#most - this.#all.size; left > 0; left -= 1) {
      const made = this.#make()
      await made.opened
      if (made.isOpen) this.#idle.push(made)
    }
  }

  close(): void {
    for (const connection of this.#all) connection.destroy()
  }

  #take(): Connection | null {
    const kept = this.#idle.pop()
    if (kept) return kept
    return this.#all.size < this.#most ? this.#make() : null
  }

  #make(): Connection {
    const origin = this.#origins[this.#made % this.#origins.length]
    if (!origin) throw new Error('a wire needs an address')
    this.#made += 1
    const made: Connection = new Connection(origin, () => {
      this.#all.delete(made)
      const place = this.#idle.indexOf(made)
      if (place >= 0) this.#idle.splice(place, 1)
    })
    this.#all.add(made)
    return made
  }

  #run({ connection, request, resolve }: Waiting & { connection: Connection }): void {
    connection.ask(request, (answer) => {
      if (connection.isOpen) this.#idle.push(connection)
      resolve(answer)
      this.#runNext()
    })
  }

  #runNext(): void {
    const next = this.#waiting[this.#taken]
    const connection = next && this.#take()
    if (!next || !connection) return
    this.#taken += 1
    // Dropped in large pieces, so that taking one costs the same however many wait.
    if (this.#taken >= 4_096) {
      this.#waiting = this.#waiting.slice(this.#taken)
      this.#taken = 0
    }
    this.#run({ ...next, connection })
  }
}

class Connection {
  isOpen = true
  /** Settles once it is open, or can't be. */
  readonly opened: Promise<void>
  readonly #socket: Socket
  readonly #host: string
  #heard: Buffer = Buffer.alloc(0)
  #tell: ((answer: WireAnswer) => void) | null = null
  #cut: NodeJS.Timeout | undefined

  constructor(origin: URL, forget: () => void) {
    this.#host = origin.host
    this.#socket = connect({ host: origin.hostname, port: Number(origin.port), noDelay: true })
    this.opened = new Promise((settle) => {
      this.#socket.once('connect', settle)
      this.#socket.once('close', () => settle())
    })
    this.#socket.setTimeout(PATIENCE_MS, () => {
      if (this.#tell) this.#socket.destroy()
    })
    this.#socket.on('data', (chunk) => this.#hear(chunk))
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => {
      this.isOpen = false
      forget()
      this.#finish(NOTHING)
    })
  }

  ask(request: WireRequest, tell: (answer: WireAnswer) => void): void {
    this.#tell = tell
    this.#heard = Buffer.alloc(0)
    const { method, path, headers = {}, body, cutAfterMs } = request
    let head = `${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n`
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`
    if (method === 'POST') {
      const bytes = Buffer.byteLength(body ?? '')
      head += `content-type: application/json\r\ncontent-length: ${bytes}\r\n`
    }
    this.#socket.write(`${head}\r\n${body ?? ''}`)
    // Reset, so that no port stays in TIME_WAIT.
    if (cutAfterMs !== undefined)
      this.#cut = setTimeout(() => this.#socket.resetAndDestroy(), cutAfterMs)
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #hear(chunk: Buffer): void {
    this.#heard = this.#heard.length === 0 ? chunk : Buffer.concat([this.#heard, chunk])
    // A client that has hung up reads nothing more.
    if (this.#cut) return
    const answer = readAnswer(this.#heard)
    if (answer) this.#finish(answer)
  }

  #finish(answer: WireAnswer): void {
    clearTimeout(this.#cut)
    this.#cut = undefined
    const tell = this.#tell
    this.#tell = null
    tell?.(answer)
  }
}

/** Null: there is more to come. */
function readAnswer(bytes: Buffer): WireAnswer | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const body = status === 304 ? '' : readBody({ head, rest: bytes.subarray(end + 4) })
  if (body === null) return null
  const after = /\r\nretry-after: *(\d+)/i.exec(head)?.[1]
  return {
    status,
    etag: /\r\netag: *([^\r]+)/i.exec(head)?.[1] ?? '',
    retryAfterSeconds: after === undefined ? null : Number(after),
    body,
  }
}

function readBody({ head, rest }: { head: string; rest: Buffer }): string | null {
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return readChunks(rest)
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
  return rest.length < length ? null : rest.toString('utf8', 0, length)
}

/**
 * RFC 9112, 7.1: each chunk behind its length in hex, the last of length 0. We send no trailers.
 */
function readChunks(bytes: Buffer): string | null {
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return null
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16)
    const next = end + 2 + length + 2
    if (bytes.length < next) return null
    if (length === 0) return Buffer.concat(chunks).toString('utf8')
    chunks.push(bytes.subarray(end + 2, end + 2 + length))
    at = next
  }
}
