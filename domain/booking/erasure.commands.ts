import { recordAct } from '@/domain/identity/audit.commands'
import type { Transaction } from '@/lib/db/transaction'

type Visited = {
  restaurantId: string
  reservations: { id: string; startsAt: string; partySize: number }[]
  tickets: { serviceDate: string; number: number }[]
}

/**
 * Asks every restaurant that knows a person who deletes their account to forget them too: each is
 * the controller of what it noted or downloaded itself. The request names the visits, not the person.
 */
export async function askRestaurantsToErase(tx: Transaction, accountId: string): Promise<void> {
  const visited = await tx.$queryRaw<Visited[]>`
    SELECT visited.id AS "restaurantId",
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
                     'id', v.id, 'startsAt', iso_instant(v.starts_at), 'partySize', v.party_size)
                     ORDER BY v.starts_at), '[]'::jsonb)
              FROM reservations v
             WHERE v.diner_id = ${accountId}::uuid AND v.restaurant_id = visited.id) AS reservations,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('serviceDate', t.service_date, 'number', t.number)
                     ORDER BY t.taken_at), '[]'::jsonb)
              FROM tickets t
             WHERE t.account_id = ${accountId}::uuid AND t.restaurant_id = visited.id) AS tickets
      FROM (SELECT restaurant_id AS id FROM reservations WHERE diner_id = ${accountId}::uuid
             UNION SELECT restaurant_id FROM tickets WHERE account_id = ${accountId}::uuid) AS visited`
  for (const { restaurantId, reservations, tickets } of visited)
    await recordAct(tx, {
      subject: 'RESTAURANT',
      subjectId: restaurantId,
      restaurantId,
      actor: { accountId: null, role: 'DINER', address: null },
      act: 'ASK_ERASURE',
      to: 'ASKED',
      details: { reservations, tickets },
    })
}
