/** Shared by all bundles: one of them creates the pool, and all of them read its errors. */
const BRAND = Symbol.for('bobjool.outcome-unknown')

/**
 * The connection was lost when the database might already have written. The request may or may not
 * have taken effect, and only a retry can tell.
 */
export class OutcomeUnknown extends Error {
  readonly [BRAND] = true

  constructor(cause: unknown) {
    super('the connection was lost before the database said whether it wrote', { cause })
  }
}

/** Checks the brand, not the class: each bundle of the application has a class of its own. */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof Object && BRAND in error
}
