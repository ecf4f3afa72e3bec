import { createServer } from 'node:net'

/** `preferred` if it is free, otherwise one that the system picks. */
export async function findFreePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isPortFree(preferred))) return preferred
  return listenOnce({ port: 0, host: '127.0.0.1' })
}

/** Checks every address, because a server on one of them is enough to confuse a browser. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', undefined]) {
    const isFree = await listenOnce({ port, host }).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'EADDRINUSE' && error.code !== 'EACCES',
    )
    if (!isFree) return false
  }
  return true
}

function listenOnce({ port, host }: { port: number; host: string | undefined }): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const found = typeof address === 'object' && address ? address.port : port
      server.close(() => resolve(found))
    })
  })
}
