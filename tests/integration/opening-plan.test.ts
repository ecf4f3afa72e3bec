import { describe, expect, test } from 'vitest'
import { announceOpening, changeRate } from '@/domain/opening/plan/commands'
import { readOpening } from '@/domain/opening/queries'
import { pool } from '@/lib/db'
import { createAccount, createRestaurant, createStaff } from '@/prisma/factories'
import { useDatabase } from '../support/database'

const database = useDatabase()

async function setUpOwner() {
  const owner = await createAccount(pool, { role: 'OWNER' })
  const floor = await createAccount(pool)
  const { id: restaurantId } = await createRestaurant(pool, { ownerId: owner.id })
  await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
  return { restaurantId, owner: toActor(owner), floor: toActor(floor) }
}
const toActor = ({ id }: { id: string }) => ({ accountId: id, address: null })
const planIn = (minutes: number) => ({
  serviceDate: '2026-12-04',
  opensAt: new Date(Date.now() + minutes * 60_000).toISOString(),
  ...{ lobbyMinutes: 60, gateMinutes: 60, orderBy: 'DRAW' as const, turnsPerSecond: 5 },
})

describe('an opening is announced', () => {
  test('G19: by owners of the restaurant only', async () => {
    const { restaurantId, floor } = await setUpOwner()
    const other = await setUpOwner()
    for (const actor of [floor, other.owner])
      expect(await announceOpening({ restaurantId, plan: planIn(60), actor })).toMatchObject({
        reason: 'not-found',
      })
  })

  test('once a date, also by two at once', async () => {
    const { restaurantId, owner: actor } = await setUpOwner()
    const both = await Promise.all(
      [1, 2].map(() => announceOpening({ restaurantId, plan: planIn(60), actor })),
    )
    expect(both.map((one) => (one.ok ? 'announced' : one.reason)).toSorted()).toEqual([
      'announced',
      'opening-exists',
    ])
  })

  test('not for an instant that is past or nearly here', async () => {
    const { restaurantId, owner: actor } = await setUpOwner()
    for (const minutes of [-5, 1])
      expect(await announceOpening({ restaurantId, plan: planIn(minutes), actor })).toMatchObject({
        reason: 'past-time',
      })
  })

  test('with its commitment and its author on record; the rate may change and is kept', async () => {
    const { restaurantId, owner: actor } = await setUpOwner()
    const announced = await announceOpening({ restaurantId, plan: planIn(60), actor })
    if (!announced.ok) throw new Error(announced.reason)
    const { openingId } = announced.value
    expect(await changeRate({ openingId, turnsPerSecond: 8, actor })).toMatchObject({ ok: true })
    expect((await readOpening(openingId)).data).toMatchObject({
      ...{ state: 'LOBBY', commitment: expect.stringMatching(/^[0-9a-f]{64}$/) },
      rates: [{ turnsPerSecond: 8 }],
    })
    const acts = await database.query(
      'SELECT act, actor_id FROM audit_events WHERE subject_id = $1 ORDER BY at',
      [openingId],
    )
    expect(acts).toEqual(
      ['ANNOUNCE', 'CHANGE_RATE'].map((act) => ({ act, actor_id: actor.accountId })),
    )
    const stranger = toActor(await createAccount(pool))
    expect(await changeRate({ openingId, turnsPerSecond: 1, actor: stranger })).toMatchObject({
      reason: 'not-found',
    })
  })
})
