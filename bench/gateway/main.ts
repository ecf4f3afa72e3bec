/**
 * The gateway in a process of its own, so that its CPU time can be told from the benchmark's. Its
 * arguments are the address of Redis and the one token; it prints its port.
 */
import { startUpstashGateway } from '@/local/upstash-gateway'

const [redisUrl = '', token = ''] = process.argv.slice(2)
const { port } = await startUpstashGateway({ redisUrl, tokens: [{ token, database: 0 }] })
process.stdout.write(`port ${port}\n`)
