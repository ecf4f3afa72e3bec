import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The answer of `work`, not before `floorMs` have passed: work that takes longer for some than for
 * others then takes the same for all, as long as it fits below the floor.
 */
export async function takeAtLeast<T>(floorMs: number, work: () => Promise<T>): Promise<T> {
  const [answer] = await Promise.all([work(), sleep(floorMs)])
  return answer
}
