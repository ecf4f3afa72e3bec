import { readAsAdmin } from '@/domain/identity/admin.loaders'
import { ADMIN_TIME_ZONE } from '@/domain/identity/admin.rules'
import { readDatabaseClock } from '@/lib/db/clock'
import { searchReservations } from './search.queries'
import { fillInDay } from './search.rules'
import { reservationSearch } from './search.schema'

/** One page of reservations as an address asks for it. Null: no admin looks. */
export function loadReservations(given: unknown) {
  return readAsAdmin(async () => {
    const now = await readDatabaseClock()
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: ADMIN_TIME_ZONE }).format(now)
    const query = fillInDay({ search: reservationSearch.parse(given), today })
    return { ...(await searchReservations(query)), query }
  })
}
