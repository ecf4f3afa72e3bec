import { readAsAdmin } from '@/domain/identity/admin.loaders'
import { searchHouses } from './directory.queries'
import { houseQuery } from './directory.schema'

/** One page of restaurants as an address asks for it. Null: no admin looks. */
export function loadHouses(given: unknown) {
  return readAsAdmin(async () => {
    const query = houseQuery.parse(given)
    return { ...(await searchHouses(query)), query }
  })
}
