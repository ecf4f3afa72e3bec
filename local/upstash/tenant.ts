import type { FaultSwitch } from './faults'
import type { Upstream } from './upstream'

export interface Counts {
  /** HTTP requests received with this token, including those that met a fault. */
  requests: number
  /** The commands in them, by name. */
  commands: Record<string, number>
}

/** What a token stands for: a Redis of its own. */
export interface Tenant {
  database: number
  counts: Counts
  faults: FaultSwitch
  getUpstream: () => Upstream
}

export function makeCounts(): Counts {
  return { requests: 0, commands: {} }
}
