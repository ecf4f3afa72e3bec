import type { Furnishing } from './setup.types'

/** In the order in which they are best done. */
export const openingSteps = ['tables', 'hours', 'schedule', 'description', 'pictures'] as const

const needed: readonly (keyof Furnishing)[] = ['tables', 'hours', 'schedule']

/** Without it nobody can book. */
export function isNeeded(step: keyof Furnishing): boolean {
  return needed.includes(step)
}

/** Whether a diner who finds the restaurant can book it. */
export function isReadyToOpen(furnishing: Furnishing): boolean {
  return furnishing.tables > 0 && furnishing.schedule > 0
}
