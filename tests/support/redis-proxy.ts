import net from 'node:net'
import { type Fault, type FaultKind, FaultSwitch } from '@/local/upstash/faults'

export interface RedisProxy {
  /** The given URL, by way of this proxy. */
  url: string
  setFault: (fault: Fault | null) => void
  /** What clients have sent since the last call of `forget`, each one packet of commands. */
  countRequests: () => number
  forget: () => void
  stop: () => Promise<void>
}

/** What a client says for the connection's own sake, which nobody asked for. */
const GREETING = /^\*\d+\r\n\$\d+\r\n(?:info|select|client|auth|hello)\r\n/i
const COMMAND = /\*\d+\r\n\$\d+\r\n/g
const PAGE = '<html><body>502 Bad Gateway</body></html>\r\n'

/** Stands in front of Redis, counts, and misbehaves as the gateway does, in Redis' own protocol. */
export async function startRedisProxy({ url }: { url: string }): Promise<RedisProxy> {
  const upstream = new URL(url)
  const target = { host: upstream.hostname, port: Number(upstream.port) }
  const faults = new FaultSwitch()
  const clients = new Set<net.Socket>()
  let requests = 0
  const server = net.createServer((client) => {
    clients.add(client)
    client.once('close', () => clients.delete(client))
    serve({
      client,
      redis: net.connect(target),
      takeFault: () => {
        requests += 1
        return faults.take()
      },
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  upstream.host = `127.0.0.1:${address.port}`
  return {
    url: upstream.href,
    setFault: (fault) => faults.set(fault),
    countRequests: () => requests,
    forget: () => {
      requests = 0
    },
    stop: async () => {
      for (const client of clients) client.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Line {
  client: net.Socket
  redis: net.Socket
  takeFault: () => FaultKind | null
}

/** One connection, until either side ends it. */
function serve({ client, redis, takeFault }: Line): void {
  let isSwallowed = false
  let whatToDoWithAnswer: 'drop-after' | 'truncated' | null = null
  const cut = () => {
    client.destroy()
    redis.destroy()
  }
  for (const socket of [client, redis]) {
    socket.setNoDelay(true)
    socket.on('error', cut)
    socket.once('close', cut)
  }
  client.on('data', (packet: Buffer) => {
    // Answers come in order: after one that never comes there is none on this connection.
    if (isSwallowed) return
    const text = packet.toString('latin1')
    const fault = GREETING.test(text) ? null : takeFault()
    if (fault === 'drop-before') return cut()
    if (fault === 'not-json') return void client.write(PAGE)
    if (fault === 'error-500')
      return void client.write('-ERR internal\r\n'.repeat(text.match(COMMAND)?.length ?? 0))
    if (fault === 'hang') {
      isSwallowed = true
      return
    }
    whatToDoWithAnswer = fault
    redis.write(packet)
  })
  redis.on('data', (answer: Buffer) => {
    if (whatToDoWithAnswer === null) return void client.write(answer)
    const half = answer.subarray(0, Math.floor(answer.length / 2))
    if (whatToDoWithAnswer === 'truncated') client.end(half, cut)
    else cut()
  })
}
