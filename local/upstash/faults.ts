/**
 * What a gateway can do wrong on request, for tests.
 *
 * `drop-before`: closes the connection, nothing was applied. `drop-after`: applies the command, then
 * closes without an answer. `hang`: applies nothing, answers nothing, keeps the connection.
 * `error-500`: nothing applied, status 500. `not-json`: nothing applied, status 200 and a page of
 * HTML, as from a proxy. `truncated`: applied, and half of the answer arrives.
 */
export const FAULT_KINDS = [
  'drop-before',
  'drop-after',
  'hang',
  'error-500',
  'not-json',
  'truncated',
] as const

export type FaultKind = (typeof FAULT_KINDS)[number]

export interface Fault {
  kind: FaultKind
  /** How many requests it hits; without it, all until another fault or none is set. */
  times?: number
}

export class FaultSwitch {
  #fault: Fault | null = null

  set(fault: Fault | null): void {
    this.#fault = fault && { ...fault }
  }

  /** The fault that hits this request, if any. */
  take(): FaultKind | null {
    const fault = this.#fault
    if (!fault) return null
    if (fault.times !== undefined) {
      fault.times -= 1
      if (fault.times <= 0) this.#fault = null
    }
    return fault.kind
  }
}
