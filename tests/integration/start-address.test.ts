import net from 'node:net'
import { expect, test } from 'vitest'
import { useApps } from '../support/http-scene'

const plain = useApps({ env: { HOST: '' } })
const open = useApps({ env: { HOST: '0.0.0.0' } })

/** Another address of this machine: what listens on 127.0.0.1 alone does not hear it. */
const OTHER = '127.0.0.2'

function isHeardAt(host: string, url: string): Promise<boolean> {
  const port = Number(new URL(url).port)
  return new Promise((resolve) => {
    const socket = net.connect({ host, port })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
    socket.once('connect', () => socket.end())
  })
}

test('npm start listens on this machine alone, unless HOST says otherwise', async () => {
  expect(await isHeardAt('127.0.0.1', plain.urlOf())).toBe(true)
  expect(await isHeardAt(OTHER, plain.urlOf())).toBe(false)
  expect(await isHeardAt(OTHER, open.urlOf())).toBe(true)
})
