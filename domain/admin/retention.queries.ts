import { pool } from '@/lib/db/database'
import { createSnapshots } from '@/lib/http/snapshot'
import { retention } from './retention.rules'
import type { PrivacyFigures } from './retention.schema'

const AGE_MS = 60_000

async function readCount(): Promise<{ contactsForgotten: number; now: Date }> {
  const { rows } = await pool.query<{ contactsForgotten: number; now: Date }>(
    `SELECT coalesce((SELECT total FROM forgotten_counts WHERE what = 'guest-contacts'), 0)::int AS "contactsForgotten",
            now() AS now`,
  )
  const [row] = rows
  if (!row) throw new Error('the count was not read')
  return row
}

const figures = createSnapshots<PrivacyFigures>({
  of: 'privacy',
  ageMs: AGE_MS,
  build: async () => {
    const { contactsForgotten, now } = await readCount()
    const content = { contactsForgotten, kept: [...retention] }
    const data = { ...content, asOf: now.toISOString() }
    return { data, content, body: JSON.stringify(data) }
  },
})

/** Public: the same for everybody, at most a minute old unless Postgres is away. */
export function readPrivacyFigures() {
  return figures.get('')
}
