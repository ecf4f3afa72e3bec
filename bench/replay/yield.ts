import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** Of 19, the most willing to wait. At 5 five busy servers get three fifths of a full machine. */
const NICE = 5

/**
 * Has a process, and those that it starts from now on, leave the processor to the crowd and the edge. Real
 * ones have machines of their own; here they would be starved by the servers, and the servers never see
 * the crowd. Linux shares the processor among sessions before it looks at priorities in them
 * (`sched(7)`, autogroup).
 */
export function yieldToCrowd(pid: number): void {
  setPriority(pid, NICE)
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(NICE))
  } catch {
    // No Linux, or one that shares by priority alone.
  }
}
