import { fork } from 'node:child_process'
import path from 'node:path'
import { forgetChild, watchChild } from '@/local/guard-link'
import type { LoadPlan, LoadReport } from './generator/plan'

export interface Forked<Order, Report> {
  run: (order: Order) => Promise<Report>
  stop: () => void
}

export type Generator = Forked<LoadPlan, LoadReport>

/**
 * A generator has a process of its own, so that the process running the stack delays no request.
 */
export async function forkGenerator<Order extends object, Report>({
  script,
  tokensFile,
}: {
  script: string
  tokensFile: string
}): Promise<Forked<Order, Report>> {
  type Word = { isReady?: true; report?: Report; failure?: string }
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
  return {
    run: async (order) => {
      const said = listen()
      child.send(order)
      const { report, failure } = await said
      if (report === undefined) throw new Error(`The load generator failed: ${failure}`)
      return report
    },
    stop: () => {
      child.removeAllListeners()
      child.kill()
      forgetChild(pid)
    },
  }
}

export async function startGenerator({ tokensFile }: { tokensFile: string }): Promise<Generator> {
  const generator = await forkGenerator<{ plan: LoadPlan; firstDiner: number }, LoadReport>({
    script: path.join(import.meta.dirname, 'generator/main.ts'),
    tokensFile,
  })
  let firstDiner = 0
  return {
    stop: generator.stop,
    run: (plan) => {
      const order = { plan, firstDiner }
      firstDiner += plan.mostRequests
      return generator.run(order)
    },
  }
}
