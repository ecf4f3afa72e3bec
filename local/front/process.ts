import { fork } from 'node:child_process'
import path from 'node:path'
import type { FrontCounts } from '@/local/front'
import { forgetChild, watchChild } from '@/local/guard-link'

export interface FrontProcess {
  url: string
  /** All that it listens on, for a crowd to spread over. */
  urls: string[]
  setOrigins: (urls: string[]) => Promise<void>
  readCounts: () => Promise<FrontCounts>
  stop: () => void
}

type Word = { urls?: string[]; counts?: FrontCounts }

/** The front in a process of its own. One question at a time. */
export async function startFrontProcess(origins: string[]): Promise<FrontProcess> {
  const child = fork(path.join(import.meta.dirname, 'main.ts'), [], {
    execArgv: ['--import', 'tsx'],
  })
  const pid = child.pid ?? 0
  watchChild({ pid, signal: 'SIGTERM' })
  const listen = () =>
    new Promise<Word>((resolve, reject) => {
      child.removeAllListeners()
      child.once('message', (word: Word) => resolve(word))
      child.once('exit', (code) => reject(new Error(`The front ended (${code}).`)))
    })
  const ask = async (question: object): Promise<FrontCounts> => {
    const heard = listen()
    child.send(question)
    const { counts } = await heard
    if (!counts) throw new Error('The front said nothing.')
    return counts
  }
  const { urls = [] } = await listen()
  const front: FrontProcess = {
    url: urls[0] ?? '',
    urls,
    setOrigins: async (urls) => void (await ask({ origins: urls })),
    readCounts: () => ask({}),
    stop: () => {
      child.removeAllListeners()
      child.kill()
      forgetChild(pid)
    },
  }
  await front.setOrigins(origins)
  return front
}
