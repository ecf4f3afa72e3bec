import { readDatabaseClock } from '@/lib/db/clock'
import { apiRoute, jsonResponse } from '@/lib/http/api'

export const GET = apiRoute({
  who: 'anyone',
  answer: async () => jsonResponse({ now: (await readDatabaseClock()).toISOString() }),
})
