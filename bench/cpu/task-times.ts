import { readdirSync, readFileSync } from 'node:fs'

/** CPU time in nanoseconds that each thread has had so far, by `<process>/<thread>`. */
export type TaskTimes = Map<string, number>

interface Kinship {
  pid: number
  parent: number
}

/** The first figure of `schedstat`: nanoseconds on a processor. Null: not such a file. */
export function parseSchedstat(text: string): number | null {
  const found = /^(\d+) \d+ \d+\s*$/.exec(text)
  return found ? Number(found[1]) : null
}

/** Of `/proc/<pid>/stat`, whose second field is a name that may hold brackets and blanks. */
export function parseStat(text: string): Kinship | null {
  const found = /^(\d+) \(.*\) \S (\d+) /s.exec(text)
  return found ? { pid: Number(found[1]), parent: Number(found[2]) } : null
}

/** These processes and all that descend from them. */
export function listFamily({
  roots,
  processes,
}: {
  roots: readonly number[]
  processes: readonly Kinship[]
}): Set<number> {
  const family = new Set(roots)
  let before: number
  do {
    before = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
  } while (family.size > before)
  return family
}

/** Null: the process or thread has just ended. */
function readQuietly(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function listTasks(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

export function readProcesses(): Kinship[] {
  return readdirSync('/proc').flatMap((name) => {
    const text = /^\d+$/.test(name) ? readQuietly(`/proc/${name}/stat`) : null
    return (text && parseStat(text)) || []
  })
}

export function readTaskTimes(pids: Iterable<number>): TaskTimes {
  const times: TaskTimes = new Map()
  for (const pid of pids) {
    for (const task of listTasks(pid)) {
      const text = readQuietly(`/proc/${pid}/task/${task}/schedstat`)
      const time = text === null ? null : parseSchedstat(text)
      if (time !== null) times.set(`${pid}/${task}`, time)
    }
  }
  return times
}
