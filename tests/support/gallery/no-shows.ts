import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { createAccount, readToday } from '@/prisma/factories'
import { createPerson, type Person } from '../http-scene'
import { miss } from '../no-show-scene'

const LIMIT = 10

/** A restaurant that counts no-shows; of the diner's two one is disputed, and a stranger's are decided. */
export async function setUpNoShows({
  dinerId,
  restaurantId,
}: {
  dinerId: string
  restaurantId: string
}): Promise<{ missed: string; disputed: string }> {
  await pool.query('UPDATE restaurants SET no_show_limit = $2, no_show_months = 6 WHERE id = $1', [
    restaurantId,
    LIMIT,
  ])
  const today = await readToday(pool, restaurantId)
  const missOn = (as: string, days: number) =>
    miss({ dinerId: as, restaurantId, serviceDate: addDays({ date: today, days: -days }) })
  const dispute = (id: string, text: string, granted: boolean | null = null) =>
    pool.query(
      `UPDATE reservations SET disputed_at = now() - interval '1 hour', dispute_text = $2, dispute_granted = $3,
              dispute_decided_at = CASE WHEN $3::boolean IS NOT NULL THEN now() END
        WHERE id = $1`,
      [id, text, granted],
    )
  const missed = await missOn(dinerId, 3)
  const disputed = await missOn(dinerId, 5)
  await dispute(disputed, '18시 10분에 도착해서 창가 자리에 앉았어요.\n카드 영수증도 있어요.')
  const stranger = await createAccount(pool, { name: '박서준' })
  await dispute(await missOn(stranger.id, 6), '지하철이 멈춰서 늦었고, 전화로 알렸어요.', true)
  await dispute(await missOn(stranger.id, 9), '깜빡했어요. 죄송해요.', false)
  return { missed, disputed }
}

/** A diner who has not come there as often as it bears: it takes no booking of theirs for a while. */
export async function createAbsent(restaurantId: string): Promise<Person> {
  const person = await createPerson({ name: '노수현' })
  const today = await readToday(pool, restaurantId)
  for (let missed = 1; missed <= LIMIT; missed += 1) {
    const serviceDate = addDays({ date: today, days: -10 * missed })
    await miss({ dinerId: person.id, restaurantId, serviceDate })
  }
  return person
}
