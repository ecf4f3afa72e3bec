import { readRehearsalFacts, settleRehearsal } from '@/domain/booking/rehearsal.queries'
import { rehearse } from '@/domain/opening/rehearsal.rules'
import type { RehearsalRates } from '@/domain/opening/rehearsal.schema'
import { pool } from '@/lib/db/database'

/** As `rehearseOpening`, without the lock. */
export async function rehearseUnprotected({
  openingId,
  measure,
}: {
  openingId: string
  measure: () => Promise<RehearsalRates>
}): Promise<{ ok: boolean }> {
  const facts = await readRehearsalFacts(openingId)
  if (!facts) throw new Error('there is no such opening')
  const rates = await measure()
  const outcome = rehearse({ settings: settleRehearsal({ facts, people: 2_000 }), rates })
  await pool.query('INSERT INTO opening_rehearsals (opening_id, outcome) VALUES ($1, $2)', [
    openingId,
    JSON.stringify(outcome),
  ])
  return { ok: true }
}
