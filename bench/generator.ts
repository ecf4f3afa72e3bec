import { fork } from 'node:child_process'
import path from 'node:path'
import { forgetChild, watchChild } from '@/local/guard-link'
import type { LoadPlan, LoadReport } from './generator/plan'

export interface Generator {
  run: (plan: LoadPlan) => Promise<LoadReport>
  stop: () => void
}

type Word = { isReady?: true; report?: LoadReport; failure?: string }

/**
 * The generator has a process of its own, so that the process running the stack delays no request.
 */
export async function startGenerator({ tokensFile }: { tokensFile: string }): Promise<Generator> {
  const script = path.join(import.meta.dirname, 'generator/main.ts')
  const child = fork(script, [tokensFile], { execArgv: ['--import', 'tsx'] })
  const pid = child.pid ?? 0
  watchChild({ pid, signal: 'SIGTERM' })
  const listen = () =>
    new Promise<Word>((resolve, reject) => {
      child.removeAllListeners()
      child.once('message', (word: Word) => resolve(word))
      child.once('exit', (code) => reject(new Error(`The load generator ended (${code}).`)))
    })
  await listen()
  let firstDiner = 0
  return {
    run: async (plan) => {
      const said = listen()
      child.send({ plan, firstDiner })
      firstDiner += plan.mostRequests
      const { report, failure } = await said
      if (!report) throw new Error(`The load generator failed: ${failure}`)
      return report
    },
    stop: () => {
      child.removeAllListeners()
      child.kill()
      forgetChild(pid)
    },
  }
}
