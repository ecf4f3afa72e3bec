import pg from 'pg'

/**
 * Control: a command that asks for a second connection while it holds one. Returns what went wrong,
 * or `done`.
 */
export async function readTwoAtOnce({
  connectionString,
  most,
}: {
  connectionString: string
  most: number
}): Promise<string> {
  const pool = new pg.Pool({ connectionString, max: most, connectionTimeoutMillis: 500 })
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await pool.query('SELECT 1')
    return 'done'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await client.query('ROLLBACK')
    client.release()
    await pool.end()
  }
}
