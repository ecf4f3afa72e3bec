import { beforeEach, describe, expect, test } from 'vitest'
import { findContradictions } from '../support/booking-books'
import { bookAs, countOutcomes, createDinerIds, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookSkippingLocked } from '../support/unprotected-booking'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('G7: contention is never reported as sold out', () => {
  test('G7: 40 diners at once for 40 tables all get one', async () => {
    const scene = await setUpSeating({
      tables: Array.from({ length: 40 }, () => ({ maxParty: 2 })),
    })
    const diners = await createDinerIds(40)
    const outcomes = await Promise.all(diners.map((diner) => bookAs(diner, scene)))
    expect(countOutcomes(outcomes)).toEqual({ booked: 40 })
    expect(await findContradictions()).toEqual([])
  })

  test('G7, control: reading zero rows as "sold out" turns diners away from a free table', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => bookSkippingLocked({ scene })),
    )
    expect(countOutcomes(outcomes)['sold-out']).toBeGreaterThan(0)
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(0)
  })

  test('G7: sold-out says as of when', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    await bookAs(first, scene)
    const refused = await bookAs(second, scene)
    expect(refused).toMatchObject({
      reason: 'sold-out',
      details: { asOf: expect.stringMatching(/Z$/) },
    })
  })

  test('G7: a larger class of table is not touched while a smaller one that fits is only locked', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 6 }] })
    const [diner = ''] = await createDinerIds(1)
    const { default: pg } = await import('pg')
    const other = new pg.Client({ connectionString: database.databaseUrl })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM slots WHERE id = $1 FOR UPDATE', [scene.slotIds[0]])
    expect(await bookAs(diner, scene)).toMatchObject({ reason: 'busy' })
    await other.query('ROLLBACK')
    await other.end()
    expect(await bookAs(diner, scene)).toMatchObject({
      ok: true,
      value: { reservation: { slotId: scene.slotIds[0] } },
    })
  })
})
