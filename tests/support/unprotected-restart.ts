import type pg from 'pg'

/**
 * Control: a service that answers "booked" as soon as it has decided, and writes it down behind the
 * answer, as a cache in front of a database does. What it still had to write when the database went
 * away is lost, and somebody was told it is theirs.
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

  /** Once everything was tried: what is really there. */
  async listKept(): Promise<number[]> {
    await Promise.all(this.#writing)
    const { rows } = await this.#db.query<{ number: number }>(
      'SELECT number FROM unprotected_promises ORDER BY number',
    )
    return rows.map(({ number }) => number)
  }
}
