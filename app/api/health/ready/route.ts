import { readReadiness } from '@/lib/db/clock'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { version } from '@/package.json'

/** 200 when Postgres answers; Redis is reported, not required. `version`: the release that runs. */
export const GET = apiRoute({
  who: 'anyone',
  answer: async () => {
    const { now, isRedisUp } = await readReadiness()
    const redis = isRedisUp ? 'up' : 'away'
    return jsonResponse({ ready: true, version, now: now.toISOString(), redis })
  },
})
