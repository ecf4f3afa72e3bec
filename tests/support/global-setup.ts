import type { TestProject } from 'vitest/node'
import { startTestStack, type TestStack } from './stack'

interface SharedStack {
  starting: Promise<TestStack>
  users: number
}

/** Each vitest project loads this file anew, so their shared state hangs on the process. */
const shared = globalThis as typeof globalThis & { bobjoolTestStack?: SharedStack }

/** The first project with files to run starts the stack, the last one to end stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.bobjoolTestStack ??= { starting: startTestStack(), users: 0 }
  const stack = shared.bobjoolTestStack
  stack.users += 1
  const { address } = await stack.starting
  project.provide('stack', address)
  return async () => {
    stack.users -= 1
    if (stack.users > 0) return
    shared.bobjoolTestStack = undefined
    await stack.starting.then(({ stop }) => stop())
  }
}
