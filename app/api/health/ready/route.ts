import { readReadiness } from '@/lib/db/clock'
import { apiRoute, jsonResponse } from '@/lib/http/api'

/** 200 when Postgres answers; Redis is reported, not required. */
export const GET = apiRoute({
  who: 'anyone',
  answer: async () => {
    const { now, isRedisUp } = await readReadiness()
    return jsonResponse({ ready: true, now: now.toISOString(), redis: isRedisUp ? 'up' : 'away' })
  },
})
