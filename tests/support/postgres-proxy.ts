import net from 'node:net'

/** One round trip: everything a client sends before it waits for an answer. */
export interface Trip {
  /** The statements in it, including those that were prepared earlier. */
  sql: string
  connection: number
  /** `performance.now()` when it was passed on to Postgres. */
  atMs: number
}

export interface PostgresProxy {
  /** The given URL, by way of this proxy. */
  url: string
  /** The round trips passed on to Postgres since `forget`, in order. */
  listTrips: () => Trip[]
  forget: () => void
  /** Holds matching round trips back from Postgres until it is called again; null releases all. */
  holdBack: (isHeld: ((sql: string) => boolean) | null) => void
  /** How many round trips are held at this moment. */
  countHeld: () => number
  /**
   * Cuts the connection at the next matching round trip, once: `before` it reaches Postgres, or
   * `after` Postgres has done it, in place of the answer.
   */
  cutAt: (moment: 'before' | 'after', matches: (sql: string) => boolean) => void
  /** Whether the requested cut has been made. */
  hasCut: () => boolean
  /** Cuts every connection and refuses new ones, like a server that is down. */
  goAway: () => Promise<void>
  /** Accepts connections and requests, and answers nothing, like a network that drops packets. */
  fallSilent: () => void
  /** Ends either; what was swallowed meanwhile is lost with its connection. */
  comeBack: () => Promise<void>
  stop: () => Promise<void>
}

type Cut = { moment: 'before' | 'after'; matches: (sql: string) => boolean }

const STARTUP_VERSION = 196_608

/** Stands in front of Postgres and counts a process' round trips, whatever library makes them. */
export async function startPostgresProxy({ url }: { url: string }): Promise<PostgresProxy> {
  const upstream = new URL(url)
  const lines = new Set<Line>()
  let trips: Trip[] = []
  let isHeld: (sql: string) => boolean = () => false
  let connections = 0
  let cut: Cut | null = null
  let isSilent = false
  const cutAll = () => {
    for (const line of lines) line.cut()
  }
  const server = net.createServer((client) => {
    connections += 1
    const line = new Line({
      client,
      upstream: net.connect({ host: upstream.hostname, port: Number(upstream.port || 5432) }),
      isHeld: (sql) => isHeld(sql),
      isSilent: () => isSilent,
      takeCut: (sql) => {
        if (!cut?.matches(sql)) return null
        const { moment } = cut
        cut = null
        return moment
      },
      record: (trip) => trips.push(trip),
      connection: connections,
    })
    lines.add(line)
    client.once('close', () => lines.delete(line))
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const { port } = address
  const close = async () => {
    cutAll()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  const proxied = new URL(url)
  proxied.host = `127.0.0.1:${port}`
  return {
    url: proxied.href,
    listTrips: () => [...trips],
    forget: () => {
      trips = []
    },
    holdBack: (decide) => {
      isHeld = decide ?? (() => false)
      for (const line of lines) line.passOn()
    },
    countHeld: () => [...lines].reduce((held, line) => held + line.countWaiting(), 0),
    cutAt: (moment, matches) => {
      cut = { moment, matches }
    },
    hasCut: () => cut === null,
    goAway: close,
    fallSilent: () => {
      isSilent = true
    },
    comeBack: async () => {
      if (isSilent) cutAll()
      isSilent = false
      if (!server.listening) await listen(port)
    },
    stop: close,
  }
}

interface LinePlan {
  client: net.Socket
  upstream: net.Socket
  isHeld: (sql: string) => boolean
  isSilent: () => boolean
  /** When to cut the connection at this round trip; null: not at all. */
  takeCut: (sql: string) => 'before' | 'after' | null
  record: (trip: Trip) => void
  connection: number
}

/** One connection. Reads the client's half of PostgreSQL's protocol 3; answers pass unread. */
class Line {
  readonly #plan: LinePlan
  readonly #statements = new Map<string, string>()
  #hasStarted = false
  /** Cut as soon as Postgres answers. */
  #isDoomed = false
  #unread = Buffer.alloc(0)
  #unit: { frames: Buffer[]; sql: string[] } = { frames: [], sql: [] }
  #waiting: { bytes: Buffer; sql: string }[] = []

  constructor(plan: LinePlan) {
    this.#plan = plan
    const { client, upstream } = plan
    client.on('data', (chunk: Buffer) => {
      if (!plan.isSilent()) this.#read(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (this.#isDoomed) this.cut()
      else if (!plan.isSilent()) client.write(chunk)
    })
    upstream.once('end', () => client.end())
    client.once('end', () => upstream.end())
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true)
      socket.on('error', () => this.cut())
      socket.once('close', () => this.cut())
    }
  }

  countWaiting(): number {
    return this.#waiting.length
  }

  cut(): void {
    this.#plan.client.destroy()
    this.#plan.upstream.destroy()
  }

  /** Sends round trips up to the first that is still held: a connection's order never changes. */
  passOn(): void {
    const { upstream, isHeld, takeCut, record, connection } = this.#plan
    for (;;) {
      const [next] = this.#waiting
      if (!next || isHeld(next.sql)) return
      this.#waiting.shift()
      const moment = takeCut(next.sql)
      if (moment === 'before') {
        this.cut()
        return
      }
      this.#isDoomed = moment === 'after'
      record({ sql: next.sql, connection, atMs: performance.now() })
      upstream.write(next.bytes)
    }
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk])
    for (;;) {
      const typeBytes = this.#hasStarted ? 1 : 0
      if (this.#unread.length < typeBytes + 4) return
      const length = typeBytes + this.#unread.readUInt32BE(typeBytes)
      if (this.#unread.length < length) return
      const frame = this.#unread.subarray(0, length)
      this.#unread = this.#unread.subarray(length)
      if (this.#hasStarted) this.#take(frame)
      else this.#greet(frame)
    }
  }

  #greet(frame: Buffer): void {
    this.#hasStarted = frame.readUInt32BE(4) === STARTUP_VERSION
    this.#plan.upstream.write(frame)
  }

  #take(frame: Buffer): void {
    const type = String.fromCharCode(frame.readUInt8(0))
    const [first = '', second = ''] = frame.subarray(5).toString('utf8').split('\0', 2)
    if (type === 'Q') this.#unit.sql.push(first)
    if (type === 'P') this.#statements.set(first, second)
    if (type === 'B') this.#unit.sql.push(this.#statements.get(second) ?? '')
    this.#unit.frames.push(frame)
    // Query, Sync and Flush ask for an answer; the messages before them are sent along.
    if (type === 'Q' || type === 'S' || type === 'H') this.#close()
    // Passwords and terminations cost no request a round trip.
    else if (type === 'p' || type === 'X') this.#plan.upstream.write(this.#empty().bytes)
  }

  #close(): void {
    this.#waiting.push(this.#empty())
    this.passOn()
  }

  #empty(): { bytes: Buffer; sql: string } {
    const { frames, sql } = this.#unit
    this.#unit = { frames: [], sql: [] }
    return { bytes: Buffer.concat(frames), sql: sql.join('; ') }
  }
}
