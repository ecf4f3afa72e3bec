/** The same in every bundle: the pool is made by one, and its errors are read by all. */
const BRAND = Symbol.for('bobjool.outcome-unknown')

/**
 * The connection was lost when the database could have written already: what was asked for has
 * happened or it has not, and only asking again can tell.
 */
export class OutcomeUnknown extends Error {
  readonly [BRAND] = true

  constructor(cause: unknown) {
    super('the connection was lost before the database said whether it wrote', { cause })
  }
}

/** By its brand, not by its class: each bundle of the application has a class of its own. */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof Object && BRAND in error
}
