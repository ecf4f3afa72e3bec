import type pg from 'pg'

/**
 * Control: a service that answers "booked" once it has decided, and writes after the answer, as a
 * cache in front of a database does. What it has not written when the database goes down is lost,
 * after a diner was told that it is theirs.
 */
export class WriteBehind {
  readonly #db: pg.Pool
  readonly #writing: Promise<unknown>[] = []
  readonly promised: number[] = []

  constructor(db: pg.Pool) {
    this.#db = db
  }

  async setUp(): Promise<void> {
    await this.#db.query('CREATE TABLE IF NOT EXISTS unprotected_promises (number integer)')
  }

  book(number: number): void {
    this.promised.push(number)
    const written = this.#db.query('INSERT INTO unprotected_promises VALUES ($1)', [number])
    this.#writing.push(written.catch(() => {}))
  }

  /** After everything was tried: the rows that really exist. */
  async listKept(): Promise<number[]> {
    await Promise.all(this.#writing)
    const { rows } = await this.#db.query<{ number: number }>(
      'SELECT number FROM unprotected_promises ORDER BY number',
    )
    return rows.map(({ number }) => number)
  }
}
