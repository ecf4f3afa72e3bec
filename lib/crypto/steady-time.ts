import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Returns the answer of `work` no sooner than `floorMs`, so that response times reveal nothing as
 * long as the work finishes below the floor.
 */
export async function takeAtLeast<T>(floorMs: number, work: () => Promise<T>): Promise<T> {
  const [answer] = await Promise.all([work(), sleep(floorMs)])
  return answer
}
