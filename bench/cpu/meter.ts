import { listFamily, readProcesses, readTaskTimes, type TaskTimes } from './task-times'

/** Those whose time counts; the generator, the mail server and this process are none of them. */
export const CPU_GROUPS = ['application', 'postgres', 'gateway', 'redis'] as const
export type CpuGroup = (typeof CPU_GROUPS)[number]
export type CpuTimes = Record<CpuGroup, number>

/** A thread that ended since the last look took what it used after it along. */
const LOOK_EVERY_MS = 100

/**
 * Adds up what threads have used since the first reading. A thread that was not there before counts
 * from its beginning, and so does one with less than before: its number was given again.
 */
export class TaskMeter {
  #last: TaskTimes
  #total = 0

  constructor(first: TaskTimes) {
    this.#last = new Map(first)
  }

  note(times: TaskTimes): void {
    for (const [task, time] of times) {
      const before = this.#last.get(task) ?? 0
      this.#total += time >= before ? time - before : time
      this.#last.set(task, time)
    }
  }

  get totalNs(): number {
    return this.#total
  }
}

export const sumCpu = (times: CpuTimes) =>
  CPU_GROUPS.reduce((total, group) => total + times[group], 0)

export interface MeteredProcesses {
  /** Each with all that descends from it, whenever it was started. */
  roots: Record<CpuGroup, readonly number[]>
  /** Backends of the benchmark's own connections. */
  except: readonly number[]
}

/** Milliseconds of CPU that each group uses while `work` runs. */
export async function meterCpu<T>({
  listMetered,
  work,
}: {
  /** Asked at each look, because a process may be replaced. */
  listMetered: () => MeteredProcesses
  work: () => Promise<T>
}): Promise<{ done: T; cpuMs: CpuTimes }> {
  const read = (group: CpuGroup) => {
    const { roots, except } = listMetered()
    const family = listFamily({ roots: roots[group], processes: readProcesses() })
    for (const pid of except) family.delete(pid)
    return readTaskTimes(family)
  }
  const meters = CPU_GROUPS.map((group) => ({ group, meter: new TaskMeter(read(group)) }))
  const look = () => {
    for (const { group, meter } of meters) meter.note(read(group))
  }
  const looking = setInterval(look, LOOK_EVERY_MS)
  try {
    const done = await work()
    look()
    const of = (group: CpuGroup) =>
      (meters.find((metered) => metered.group === group)?.meter.totalNs ?? 0) / 1e6
    const cpuMs: CpuTimes = {
      application: of('application'),
      postgres: of('postgres'),
      gateway: of('gateway'),
      redis: of('redis'),
    }
    return { done, cpuMs }
  } finally {
    clearInterval(looking)
  }
}
