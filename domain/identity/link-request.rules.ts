import type { LinkWish } from './link.schema'

/** A code or a number is at hand while the mail arrives; later it would only be guessed at. */
export const CODE_MINUTES = 10
/** Of a million codes. The database refuses a sixth try. */
export const CODE_TRIES = 5

/** Two digits are read and found in a moment. */
const FIRST_NUMBER = 10
const NUMBERS = 90
const CHOICES = 3

/**
 * The number that the browser that asks shows, and the three among which the mail's reader finds
 * it. `draw` gives an integer from 0 up to, not including, its argument.
 */
export function drawNumbers(draw: (below: number) => number): {
  number: number
  choices: number[]
} {
  const drawn = new Set<number>()
  while (drawn.size < CHOICES) drawn.add(FIRST_NUMBER + draw(NUMBERS))
  const choices = [...drawn].sort((a, b) => a - b)
  return { number: choices[draw(CHOICES)] ?? FIRST_NUMBER, choices }
}

/**
 * What became of a mail, told to the browser that asked for it. An address without an account waits
 * like any other: all but `waiting` and `over` come of a press by the mailbox's owner.
 */
export const requestStates = [
  'waiting',
  // Its reader picked the right number: this browser may sign in.
  'picked',
  // The address was confirmed, and no session comes of it here.
  'confirmed',
  // Its link or code was used.
  'used',
  // Its reader picked another number, or says that they did not ask.
  'refused',
  // Its time is over.
  'over',
] as const
export type RequestState = (typeof requestStates)[number]

/** A request as the browser that made it sees it. */
export type OwnRequest = {
  id: string
  purpose: LinkWish['purpose']
  email: string
  returnPath: string
  number: number
  state: RequestState
  /** The instant of reading, by the database's clock. */
  asOf: string
}

/** The browser that asked for a link, as its reader sees it elsewhere. */
export type Asking = {
  browser: string
  system: string
  choices: number[]
}
