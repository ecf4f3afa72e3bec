import { expect } from 'vitest'
import type { TestDatabase } from './database'
import { makeAllDue } from './notices'

/** The ten seconds in which staff can undo their acts are over, and a process sends what was waiting. */
export async function sendAfterUndo({
  database,
  url,
}: {
  database: TestDatabase
  url: string
}): Promise<void> {
  await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
  await makeAllDue(database)
  const swept = await fetch(`${url}/api/cron/sweep`, {
    headers: { authorization: `Bearer ${process.env.CRON_SECRET}` },
  })
  expect(swept.status).toBe(200)
}
