/** Milliseconds of an even clock that cannot be set, counted from an arbitrary origin. */
export const readSteadyMs = (): number => performance.now()
