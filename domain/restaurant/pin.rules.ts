/** Wrong PINs of a person before each further one has to wait, and before the PIN is locked. */
const FREE_TRIES = 5
const MOST_TRIES = 15
const MOST_WAIT_MINUTES = 60

/** Wrong PINs on one tablet, whosever, within a stretch of time. */
export const MOST_ON_TABLET = 20
export const TABLET_MINUTES = 15

/** How long a PIN given by an owner can be exchanged for an own one. */
export const ONE_TIME_HOURS = 24

/** How long an act that waits for the network keeps its author. */
export const WAITING_ACT_HOURS = 12

/** Minutes until the next try after so many wrong ones in a row: 1, 2, 4 … from the fifth on. */
export function pinWaitMinutes(wrong: number): number {
  return wrong < FREE_TRIES ? 0 : Math.min(2 ** (wrong - FREE_TRIES), MOST_WAIT_MINUTES)
}

/** Whether so many wrong ones in a row lock the PIN until another is set. */
export function locksPin(wrong: number): boolean {
  return wrong >= MOST_TRIES
}

/** Patterns of the number pad, and numbers that many choose for what they mean. */
const favourites = ['1004', '2580', '0852', '1379', '7979', '8282', '486486', '147258', '159753']

/** Whether each digit follows the one before by the same step: 1234, 9876, 1357, 0000, 7890. */
function isRun(pin: string): boolean {
  const steps = new Set(
    Array.from(pin.slice(1), (digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10),
  )
  return steps.size === 1
}

/** Whether a shorter piece makes it up: 1212, 123123, 11221122. */
function isRepeated(pin: string): boolean {
  return `${pin}${pin}`.indexOf(pin, 1) < pin.length
}

/** Whether every digit stands twice or more in a row: 1122, 111222. */
function isPaired(pin: string): boolean {
  return /^(?:(\d)\1+)+$/.test(pin)
}

/** Whether a PIN is among the first that a guesser tries; also the end of the person's own phone number. */
export function isGuessablePin({ pin, phone }: { pin: string; phone: string | null }): boolean {
  const isOwnNumber = phone?.replaceAll(/\D/g, '').endsWith(pin) ?? false
  return isOwnNumber || favourites.includes(pin) || isRun(pin) || isRepeated(pin) || isPaired(pin)
}
