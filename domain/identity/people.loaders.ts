import { readAsAdmin } from './admin.loaders'
import { searchPeople } from './people.queries'
import { peopleQuery } from './people.schema'

/** One page of people as an address asks for it. Null: no admin looks. */
export function loadPeople(given: unknown) {
  return readAsAdmin(async () => {
    const query = peopleQuery.parse(given)
    return { ...(await searchPeople(query)), query }
  })
}
