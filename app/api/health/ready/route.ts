import { apiRoute, jsonResponse } from '@/lib/api'
import { readDatabaseClock } from '@/lib/clock'
import { askRedis } from '@/lib/redis'

/** 200 when Postgres answers; Redis is reported, not required. */
export const GET = apiRoute({
  who: 'anyone',
  answer: async () => {
    const [now, redis] = await Promise.all([
      readDatabaseClock(),
      askRedis((client) => client.ping()),
    ])
    return jsonResponse({ ready: true, now: now.toISOString(), redis: redis ? 'up' : 'away' })
  },
})
