import pg from 'pg'

/** More files than this never run side by side. */
const MOST_SLOTS = 30

/**
 * A number that no other test file of this run has at the same time: it names the file's database
 * and its place in Redis. Postgres keeps it until `release` is called or the process ends. vitest's
 * own number repeats where one group of projects follows another.
 */
export async function reserveSlot(
  superuserUrl: string,
): Promise<{ slot: number; release: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: superuserUrl })
  // Tests restart the server; this lock is then lost with everything else.
  client.on('error', () => {})
  await client.connect()
  for (let slot = 1; slot <= MOST_SLOTS; slot += 1) {
    const { rows } = await client.query<{ reserved: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('test-file'), $1) AS reserved`,
      [slot],
    )
    if (rows[0]?.reserved) return { slot, release: () => client.end() }
  }
  await client.end()
  throw new Error('All slots for test files are taken.')
}
