/** Milliseconds of a clock that runs evenly and that nobody can set, from an origin that means nothing. */
export const readSteadyMs = (): number => performance.now()
