import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Answer, askApi, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useVictims } from '../support/killed-process'
import { findLineContradictions, setUpLine } from '../support/line-scene'
import { createOpening } from '../support/opening-scene'
import { useGateway } from '../support/stack-gateway'
import {
  type AskedTable,
  bookTogetherAndKeepLate,
  bookTogetherAndTellEarly,
  COMMIT_OF_MANY,
} from '../support/unprotected-batch'

const AT_ONCE = 8
/** More statements than so many calls take, one of them alone and the others together. */
const MOST_STATEMENTS = AT_ONCE + 1

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
/** The surviving process, on connections of its own. */
const survivor = useApps()
const { killAfter, nextOne, proxyOf } = useVictims()

type Asker = { id: string; token: string; key: string }
type Scene = {
  ask: (of: { token: string; key: string; url: string }) => Promise<Answer>
  /** One a caller, by an id that their answers name. */
  listWritten: () => Promise<string[]>
  findFaults: () => Promise<unknown[]>
}
type Kind = { statement: string; together: string; idOf: string; setUp: () => Promise<Scene> }

const listIds = async (sql: string) =>
  (await database.query<{ id: string }>(sql)).map(({ id }) => id)

async function setUpTables(): Promise<Scene & { slotIds: string[] }> {
  const tables = Array.from({ length: AT_ONCE }, () => ({ maxParty: 4 }))
  const scene = await setUpRestaurant({ tables })
  return {
    slotIds: scene.slotIds,
    ask: ({ url, token, key }) => bookOver({ scene, url, token, key }),
    listWritten: () => listIds('SELECT id FROM reservations'),
    findFaults: findContradictions,
  }
}

const kinds: Record<string, Kind> = {
  bookings: {
    statement: 'place_reservation',
    together: 'jsonb_to_recordset',
    idOf: 'id',
    setUp: setUpTables,
  },
  tickets: {
    statement: 'take_ticket',
    together: 'jsonb_to_recordset',
    idOf: 'id',
    setUp: async () => {
      const { restaurantId } = await setUpLine()
      return {
        ask: ({ key, url, token }) =>
          askApi({
            ...{ url, token },
            method: 'POST',
            path: `/api/v1/restaurants/${restaurantId}/tickets`,
            headers: { 'idempotency-key': key },
            body: { partySize: 2, dining: 'IN_STORE', channel: 'ONLINE' },
          }),
        listWritten: () => listIds('SELECT id FROM tickets'),
        findFaults: findLineContradictions,
      }
    },
  },
  entries: {
    statement: 'enter_opening_together',
    together: 'enter_opening_together',
    idOf: 'entryId',
    setUp: async () => {
      const { openingId } = await createOpening()
      return {
        ask: ({ url, token }) =>
          askApi({ url, token, method: 'POST', path: `/api/v1/openings/${openingId}/entries` }),
        listWritten: () => listIds('SELECT entry_id AS id FROM opening_entries'),
        findFaults: async () => [],
      }
    },
  },
}

async function createAskers(): Promise<Asker[]> {
  const people = await Promise.all(Array.from({ length: AT_ONCE }, () => createPerson()))
  return people.map(({ id, token }) => ({ id, token, key: randomUUID() }))
}

const empty = async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
}

/**
 * What is not true after a process was killed: of what it had told its askers, of the rows, and of what
 * another process tells those who ask again with their keys.
 */
async function findLies({
  scene,
  askers,
  told,
  idOf,
}: {
  scene: Scene
  askers: Asker[]
  /** By the process that was killed. */
  told: string[]
  idOf: string
}): Promise<string[]> {
  const before = await scene.listWritten()
  const faults = [...(await scene.findFaults())]
  const answers = await Promise.all(
    askers.map((asker) => scene.ask({ ...asker, url: survivor.urlOf() })),
  )
  const ids = new Set(idsOf(answers, idOf))
  const after = await scene.listWritten()
  faults.push(...(await scene.findFaults()))
  const lies = {
    'told and not written': told.filter((id) => !before.includes(id)).length,
    'asked again and not told': askers.length - ids.size,
    'written and told to nobody': after.filter((id) => !ids.has(id)).length,
    'written anew': before.filter((id) => !ids.has(id)).length,
    'told again and not written': [...ids].filter((id) => !after.includes(id)).length,
  }
  const found = Object.entries(lies).flatMap(([name, count]) => (count > 0 ? [name] : []))
  return [...found, ...faults.map(String)]
}

test.each(Object.entries(kinds))(
  'G4, G13: a process killed between any two statements of %s that come at once leaves each whole, and asked again each is told the truth',
  async (_, { statement, together, idOf, setUp }) => {
    let wereTogether = false
    for (let steps = 0; steps < MOST_STATEMENTS; steps += 1) {
      await empty()
      const scene = await setUp()
      const askers = await createAskers()
      const app = await nextOne()
      const answers: Answer[] = []
      const ask = async (asker: Asker) => {
        const answer = await scene.ask({ ...asker, url: app.url }).catch(() => null)
        if (answer) answers.push(answer)
      }
      const { wasKilled } = await killAfter({
        steps,
        app,
        counts: (sql) => sql.includes(statement),
        work: async () => {
          await Promise.all(askers.map(ask))
          return answers
        },
        isDone: async () => answers.length === AT_ONCE,
      })
      wereTogether ||= proxyOf()
        .listTrips()
        .some(({ sql }) => sql.includes(together))
      const told = idsOf(answers, idOf)
      const lies = await findLies({ scene, askers, told, idOf })
      expect(lies, `after ${steps} statements`).toEqual([])
      if (!wasKilled) {
        expect(steps, 'there were statements to be killed between').toBeGreaterThan(1)
        break
      }
    }
    expect(wereTogether).toBe(true)
  },
  240_000,
)

/** What was written by these answers. */
function idsOf(answers: Answer[], name: string): string[] {
  return answers
    .filter(({ status }) => status === 200 || status === 201)
    .map((answer) => String(readJson(answer)[name]))
}

const OPEN = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`
type Control = [
  name: string,
  book: (of: {
    databaseUrl: string
    asked: AskedTable[]
    tell: (id: string) => void
  }) => Promise<void>,
  cutBefore: string,
  lies: string[],
]
test.each<Control>([
  [
    'that tells each before all is committed loses what it told',
    bookTogetherAndTellEarly,
    COMMIT_OF_MANY,
    ['told and not written'],
  ],
  [
    'that keeps the keys after the bookings can tell nobody what it wrote',
    bookTogetherAndKeepLate,
    'INSERT INTO idempotency_keys',
    ['asked again and not told', 'written and told to nobody', 'written anew'],
  ],
])('control: a batch %s', async (_, book, cutBefore, lies) => {
  await empty()
  const scene = await setUpTables()
  const askers = await createAskers()
  const told: string[] = []
  proxyOf().cutAt('before', (sql) => sql.startsWith(cutBefore))
  const booking = book({
    databaseUrl: proxyOf().url,
    asked: askers.map(({ id: dinerId, key }, index) => ({
      ...{ dinerId, key, slotId: scene.slotIds[index] ?? '' },
    })),
    tell: (id) => told.push(id),
  })
  await expect(booking).rejects.toThrow()
  // Postgres notices its end, and rolls back what it had not committed.
  await expect.poll(() => database.query(OPEN)).toEqual([])
  expect(await findLies({ scene, askers, told, idOf: 'id' })).toEqual(lies)
})

test('G4: beside a poisoned booking 63 of one instant get their answer over HTTP', async () => {
  await empty()
  const tables = Array.from({ length: 64 }, () => ({ maxParty: 4 }))
  const scene = await setUpRestaurant({ tables })
  const people = await Promise.all(Array.from({ length: 64 }, () => createPerson()))
  // What spoils a statement, and what no check at the edge knows of: a fault of the database's own.
  await database.query(
    `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'spoiled' USING ERRCODE = '22000'; END $$;
     CREATE TRIGGER reservations_spoil BEFORE INSERT ON reservations FOR EACH ROW
       WHEN (NEW.diner_id = '${String(people[20]?.id)}') EXECUTE FUNCTION spoil()`,
  )
  const book = ({ token }: { token: string }) => bookOver({ url: survivor.urlOf(), scene, token })
  const answers = await Promise.all(people.map(book))
  expect(answers[20]?.status).toBe(500)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(63)
  expect(new Set(idsOf(answers, 'id')).size).toBe(63)
  expect(await database.query('SELECT FROM reservations')).toHaveLength(63)
  await database.query('DROP FUNCTION spoil CASCADE')
  expect(await findContradictions()).toEqual([])
})
