import { pool } from '@/lib/db/db'
import type { NoticeChannel } from './types'

export type StoredNotice = {
  id: string
  kind: string
  channel: NoticeChannel
  locale: string
  payload: unknown
  queuedAt: Date
}

/** One notice; `restaurantId` null: whoever's it is. Null: there is none in that scope. */
export async function findNotice({
  noticeId,
  restaurantId,
}: {
  noticeId: string
  restaurantId: string | null
}): Promise<StoredNotice | null> {
  const { rows } = await pool.query<StoredNotice>(
    `SELECT id, kind, channel, locale, payload, queued_at AS "queuedAt" FROM notices
      WHERE id = $1 AND ($2::uuid IS NULL OR restaurant_id = $2)`,
    [noticeId, restaurantId],
  )
  return rows[0] ?? null
}
