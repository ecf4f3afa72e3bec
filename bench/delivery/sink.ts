/**
 * A mail server that throws away what it accepts, in a process of its own: it prints its port, and
 * waits before each of its answers, like one on another machine. Of the waits it is given, in
 * milliseconds, it takes the next at each SIGUSR2. The first mail is kept in a file.
 */
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'

const pausesMs = (process.argv[2] ?? '0').split(',').map(Number)
process.on('SIGUSR2', () => pausesMs.shift())
let keptIn = process.argv[3]
const answerLater = (answer: () => void) => {
  const [pauseMs = 0] = pausesMs
  if (pauseMs === 0) answer()
  else void sleep(pauseMs).then(answer)
}

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onMailFrom: (_address, _session, answer) => answerLater(answer),
  onRcptTo: (_address, _session, answer) => answerLater(answer),
  onData: (stream, _session, answer) => {
    if (!keptIn) stream.resume()
    else {
      const chunks: Buffer[] = []
      const file = keptIn
      keptIn = undefined
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => writeFileSync(file, Buffer.concat(chunks)))
    }
    stream.on('end', () => answerLater(answer))
  },
})
server.on('error', () => {})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.server.address() as AddressInfo
  process.stdout.write(`port ${port}\n`)
})
