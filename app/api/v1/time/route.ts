import { apiRoute, jsonResponse } from '@/lib/api'
import { readDatabaseClock } from '@/lib/clock'

export const GET = apiRoute({
  who: 'anyone',
  answer: async () => jsonResponse({ now: (await readDatabaseClock()).toISOString() }),
})
