import { AsyncResource } from 'node:async_hooks'

/** Requests that begin in one turn of the event loop. */
export const MOST_IN_A_TURN = 4

/**
 * Begins a few requests in each turn of the event loop, in the order in which they came. All that
 * arrive at once would otherwise begin before the loop looks at anything new, and a refusal would wait
 * as long as if it had been let in. The first few begin where they stand. `nextTurn` does work once the
 * loop has looked at what is new.
 */
export function createPace(
  nextTurn: (work: () => void) => void = setImmediate,
): (begin: () => void) => void {
  const waiting: (() => void)[] = []
  let begun = 0
  function turn(): void {
    begun = 0
    // Before any begins: one that throws holds up none of those behind it.
    if (waiting.length > 0) nextTurn(turn)
    while (begun < MOST_IN_A_TURN && waiting.length > 0) {
      begun += 1
      waiting.shift()?.()
    }
  }
  return (begin) => {
    if (waiting.length > 0 || begun >= MOST_IN_A_TURN) {
      // Whatever belongs to the request's own context goes with it.
      waiting.push(AsyncResource.bind(begin))
      return
    }
    if (begun === 0) nextTurn(turn)
    begun += 1
    begin()
  }
}
