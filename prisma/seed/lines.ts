import { createHash } from 'node:crypto'
import type { Database } from '../rows'

/** Who waits at `corner`: parties as they come to its door. */
const parties = [2, 2, 4, 1, 3]
const houses = ['corner', 'friday', 'garden']

/**
 * Opens the line of the demo's restaurants that have none yet, with a few parties in that of `corner`
 * on its first day. Returns how many were opened.
 */
export async function openLines({
  db,
  ids,
}: {
  db: Database
  ids: Map<string, string>
}): Promise<number> {
  let opened = 0
  for (const slug of houses) {
    const restaurantId = ids.get(slug)
    if (!restaurantId) continue
    const { rowCount } = await db.query(
      `INSERT INTO line_settings (restaurant_id, state) VALUES ($1, 'OPEN') ON CONFLICT DO NOTHING`,
      [restaurantId],
    )
    opened += rowCount ?? 0
    if (rowCount && slug === 'corner') await fillLine({ db, restaurantId })
  }
  return opened
}

/** Through the function that everybody joins by, as the tablet at the door would. */
async function fillLine({ db, restaurantId }: { db: Database; restaurantId: string }) {
  const tokenHash = createHash('sha256').update(restaurantId).digest('base64url')
  await db.query(`INSERT INTO kiosks (restaurant_id, name, token_hash) VALUES ($1, '입구', $2)`, [
    restaurantId,
    tokenHash,
  ])
  for (const [index, partySize] of parties.entries())
    await db.query(
      `SELECT take_ticket($1, 'KIOSK', NULL, NULL, $2, $3, 'demo', $4, 'IN_STORE', NULL, NULL, 'ko', NULL)`,
      [restaurantId, tokenHash, `demo-${index}`, partySize],
    )
  // Nobody knows this tablet's token; its owner connects one of their own.
  await db.query('UPDATE kiosks SET revoked_at = now() WHERE token_hash = $1', [tokenHash])
}
