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

const AT_ONCE = 8
/** More statements than so many calls take, one of them alone and the others together. */
const MOST_STATEMENTS = AT_ONCE + 1

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
/** The surviving process, on connections of its own. */
const survivor = useApps()
const { killAfter, nextOne, proxyOf } = useVictims()

type Asker = { token: string; key: string }
type Scene = {
  ask: (of: Asker & { url: string }) => Promise<Answer>
  /** One a caller, by an id that their answers name. */
  listWritten: () => Promise<string[]>
  findFaults: () => Promise<unknown[]>
}
type Kind = { statement: string; together: string; idOf: string; setUp: () => Promise<Scene> }

const listIds = async (sql: string) =>
  (await database.query<{ id: string }>(sql)).map(({ id }) => id)

const kinds: Record<string, Kind> = {
  bookings: {
    statement: 'place_reservation',
    together: 'jsonb_to_recordset',
    idOf: 'id',
    setUp: async () => {
      const tables = Array.from({ length: AT_ONCE }, () => ({ maxParty: 4 }))
      const scene = await setUpRestaurant({ tables })
      return {
        ask: (of) => bookOver({ scene, ...of }),
        listWritten: () => listIds('SELECT id FROM reservations'),
        findFaults: findContradictions,
      }
    },
  },
  tickets: {
    statement: 'take_ticket',
    together: 'jsonb_to_recordset',
    idOf: 'id',
    setUp: async () => {
      const { restaurantId } = await setUpLine()
      return {
        ask: ({ key, ...of }) =>
          askApi({
            ...of,
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
        ask: ({ key: _, ...of }) =>
          askApi({ ...of, method: 'POST', path: `/api/v1/openings/${openingId}/entries` }),
        listWritten: () => listIds('SELECT entry_id AS id FROM opening_entries'),
        findFaults: async () => [],
      }
    },
  },
}

test.each(Object.entries(kinds))(
  'G4, G13: a process killed between any two statements of %s that come at once leaves each whole, and asked again each is told the truth',
  async (_, { statement, together, idOf, setUp }) => {
    let wereTogether = false
    for (let steps = 0; steps < MOST_STATEMENTS; steps += 1) {
      await database.truncateAll()
      await gateway.reset()
      inbox.clear()
      const scene = await setUp()
      const people = await Promise.all(Array.from({ length: AT_ONCE }, () => createPerson()))
      const askers = people.map(({ token }) => ({ token, key: randomUUID() }))
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
      const before = await scene.listWritten()
      expect(before).toEqual(expect.arrayContaining(idsOf(answers, idOf)))
      expect(await scene.findFaults(), `after ${steps} statements`).toEqual([])

      const told = await Promise.all(
        askers.map((asker) => scene.ask({ ...asker, url: survivor.urlOf() })),
      )
      expect(new Set(idsOf(told, idOf)).size, `after ${steps} statements`).toBe(AT_ONCE)
      expect(idsOf(told, idOf)).toEqual(expect.arrayContaining(before))
      expect((await scene.listWritten()).toSorted()).toEqual(idsOf(told, idOf).toSorted())
      expect(await scene.findFaults()).toEqual([])
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

test('G4: beside a poisoned booking 63 of one instant get their answer over HTTP', async () => {
  await database.truncateAll()
  await gateway.reset()
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
