/**
 * The connection was lost when the database could have written already: what was asked for has
 * happened or it has not, and only asking again can tell.
 */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('the connection was lost before the database said whether it wrote', { cause })
  }
}
