import { beforeEach, describe, expect, test } from 'vitest'
import { endConsent } from '@/domain/line/forget.commands'
import { useDatabase } from '../support/database'
import { connectTablet, setUpDoor, takeAtDoor } from '../support/door-scene'
import { newCaller, setUpPhone } from '../support/guest-scene'
import { askerOf, findLineContradictions } from '../support/line-scene'
import {
  countUnprotectedGuests,
  rememberUnprotected,
  setUpUnprotectedLine,
} from '../support/unprotected-line'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 10

/** As a tablet asks again while there is no connection to be had. */
async function takePatiently(...asked: Parameters<typeof takeAtDoor>) {
  for (let tries = 1; ; tries++)
    try {
      return await takeAtDoor(...asked)
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'unavailable' || tries > 20) throw error
    }
}

const countGuests = async (phone: string) =>
  (await database.query('SELECT 1 FROM guests WHERE phone = $1', [phone])).length

describe('one guest, who agrees at two tablets at once, and calls meanwhile', () => {
  test('is written down once', async () => {
    const { restaurantId, call } = await setUpPhone()
    const door = await setUpDoor({ restaurantId })
    const doors = [door, { ...door, ...(await connectTablet(door)) }]
    for (let round = 0; round < ROUNDS; round++) {
      const caller = newCaller()
      const outcomes = await Promise.allSettled([
        ...doors.map((door) => takePatiently(door, { phone: caller.phone }, caller.name)),
        call({ guest: caller }),
      ])
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(1)
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason.message).toBe('already-in-line')
      expect(await countGuests(`+82${caller.phone.slice(1)}`)).toBe(1)
    }
    expect(await findLineContradictions()).toEqual([])
  })

  test('control: looked for first and written later, they are written down twice', async () => {
    await setUpUnprotectedLine()
    await rememberUnprotected('+821055512345', 3)
    expect(await countUnprotectedGuests()).toBeGreaterThan(1)
  })

  test('takes it back while it is given anew: a ticket that is remembered has its guest', async () => {
    const door = await setUpDoor()
    const { phone, name } = newCaller()
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await takeAtDoor(door, { phone }, name)
      await database.query(
        `UPDATE tickets SET status = 'CANCELLED', cancelled_by = 'DINER', ended_at = now(), taken_at = now() - interval '1 day'`,
      )
      const [ended, again] = await Promise.allSettled([
        endConsent({ ticketId: id, asker: askerOf(null) }),
        takePatiently(door, { phone }, name),
        endConsent({ ticketId: id, asker: askerOf(null) }),
      ])
      expect([ended.status, again.status]).toEqual(['fulfilled', 'fulfilled'])
      await database.query(
        `UPDATE tickets SET status = 'CANCELLED', cancelled_by = 'DINER', ended_at = now(), taken_at = now() - interval '1 day'`,
      )
      const [{ tickets, guests } = { tickets: 0, guests: 0 }] = await database.query<{
        tickets: number
        guests: number
      }>(
        `SELECT (SELECT count(DISTINCT guest_id)::int FROM tickets) AS tickets, (SELECT count(*)::int FROM guests) AS guests`,
      )
      expect(tickets).toBe(guests)
    }
  })
})
