import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Mailbox } from './mailbox'

/**
 * Faults of the inbox on request, for tests. `isStored` says whether the mail counts as delivered
 * although the sender never hears of it.
 */
export type Misbehaviour = (
  | { kind: 'refuse'; at: 'connect' | 'sender' | 'recipient' | 'data'; code: number }
  | { kind: 'stall-after-data'; isStored: boolean }
  | { kind: 'close-after-data'; isStored: boolean }
  | { kind: 'close-during-data' }
) & {
  /** How often; without it, until the fault is set anew. */
  times?: number
}

export interface MailDoor {
  port: number
  misbehave: (misbehaviour: Misbehaviour | null) => void
  countConnections: () => number
  stop: () => Promise<void>
}

type Step = 'connect' | 'sender' | 'recipient' | 'data'

class MisbehaviourSwitch {
  #current: Misbehaviour | null = null

  set(misbehaviour: Misbehaviour | null): void {
    this.#current = misbehaviour && { ...misbehaviour }
  }

  takeRefusal(step: Step): Error | null {
    const current = this.#current
    if (current?.kind !== 'refuse' || current.at !== step) return null
    this.#countDown(current)
    return Object.assign(new Error('Refused on request'), { responseCode: current.code })
  }

  takeDataFault(): Misbehaviour | null {
    const current = this.#current
    if (!current || current.kind === 'refuse') return null
    this.#countDown(current)
    return current
  }

  #countDown(current: Misbehaviour): void {
    if (current.times === undefined) return
    current.times -= 1
    if (current.times <= 0) this.#current = null
  }
}

/** An SMTP server that accepts mail for any recipient and delivers all of it to `mailbox`. */
export async function openMailDoor({
  mailbox,
  port,
}: {
  mailbox: Mailbox
  port: number
}): Promise<MailDoor> {
  const sockets = new Map<number, Socket>()
  const faults = new MisbehaviourSwitch()
  let connections = 0
  const hangUp = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy()

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    size: 25 * 1024 * 1024,
    onConnect: (_session, done) => {
      connections += 1
      done(faults.takeRefusal('connect'))
    },
    onMailFrom: (_address, _session, done) => done(faults.takeRefusal('sender')),
    onRcptTo: (_address, _session, done) => done(faults.takeRefusal('recipient')),
    onData: (stream, session, done) => {
      const fault = faults.takeDataFault()
      if (fault?.kind === 'close-during-data') stream.once('data', () => hangUp(session))
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        // What was under way together with the end of the data is lost with the connection all the same.
        if (fault?.kind === 'close-during-data') return
        const raw = Buffer.concat(chunks)
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        const deliver = () => mailbox.receive({ raw, recipients })
        settle({
          fault,
          refusal: faults.takeRefusal('data'),
          deliver,
          hangUp: () => hangUp(session),
          done,
        })
      })
    },
  })
  server.server.on('connection', (socket: Socket) => {
    const { remotePort } = socket
    if (remotePort === undefined) return
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  // The library calls a sender that hangs up midway an error; here it is an ordinary event.
  server.on('error', () => {})
  const boundPort = await listen({ server, port })
  return {
    port: boundPort,
    misbehave: (misbehaviour) => faults.set(misbehaviour),
    countConnections: () => connections,
    stop: async () => {
      for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface Settlement {
  fault: Misbehaviour | null
  refusal: Error | null
  deliver: () => Promise<unknown>
  hangUp: () => void
  done: (error?: Error | null) => void
}

function settle({ fault, refusal, deliver, hangUp, done }: Settlement): void {
  const isSilent = fault?.kind === 'stall-after-data' || fault?.kind === 'close-after-data'
  if (refusal) {
    done(refusal)
  } else if (isSilent) {
    const delivered = fault.isStored ? deliver() : Promise.resolve()
    void delivered.then(fault.kind === 'close-after-data' ? hangUp : () => {}, done)
  } else {
    void deliver().then(() => done(), done)
  }
}

function listen({ server, port }: { server: SMTPServer; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
