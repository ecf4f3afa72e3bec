/**
 * Control: a lobby without the lock that entries share and the freeze takes exclusively. It proves
 * that the race test can fail, and works on tables of its own.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { TestDatabase } from './database'

export interface UnprotectedLobby {
  /** Reads whether the lobby is open, waits for `meanwhile`, and writes what it saw. */
  enter: (meanwhile?: () => Promise<unknown>) => Promise<{ entryId: string; inLobby: boolean }>
  /** Counts and hashes the entries of the lobby, and closes it. */
  freeze: () => Promise<string>
}

export async function openUnprotectedLobby(database: TestDatabase): Promise<UnprotectedLobby> {
  await database.query(
    'CREATE TABLE IF NOT EXISTS unprotected_entries (entry_id text, in_lobby boolean)',
  )
  await database.query('CREATE TABLE IF NOT EXISTS unprotected_freezes (entries_hash text)')
  await database.query('TRUNCATE unprotected_entries, unprotected_freezes')
  return {
    enter: async (meanwhile = async () => {}) => {
      const frozen = await database.query('SELECT FROM unprotected_freezes')
      await meanwhile()
      const entryId = createHash('sha256').update(randomUUID()).digest('hex')
      const inLobby = frozen.length === 0
      await database.query('INSERT INTO unprotected_entries VALUES ($1, $2)', [entryId, inLobby])
      return { entryId, inLobby }
    },
    freeze: async () => {
      const entries = await database.query<{ id: string }>(
        'SELECT entry_id AS id FROM unprotected_entries WHERE in_lobby',
      )
      const hash = hashEntries(entries.map(({ id }) => id))
      await database.query('INSERT INTO unprotected_freezes VALUES ($1)', [hash])
      return hash
    },
  }
}

/** As published: over the ids in their order, one after the other. */
export function hashEntries(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join('')).digest('hex')
}
