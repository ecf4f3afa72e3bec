import { beforeEach, describe, expect, test } from 'vitest'
import { openRestaurant, saveBookingRules, saveProfile } from '@/domain/restaurant/profile.commands'
import {
  findRestaurant,
  findStaffRestaurant,
  listStaffRestaurants,
} from '@/domain/restaurant/queries'
import { publishRestaurant, switchBookings } from '@/domain/restaurant/settings.commands'
import { savePictures } from '@/domain/restaurant/setup.commands'
import { listPictures } from '@/domain/restaurant/setup.queries'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createSlot, createTable } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import {
  actorOf,
  listActs,
  newRestaurant,
  profile,
  rules,
  setUpSettings,
} from '../support/settings-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

type Restaurant = Awaited<ReturnType<typeof setUpSettings>>

describe('opening a restaurant', () => {
  test('an approved owner’s new restaurant belongs to them, and nobody else sees it', async () => {
    const owner = await createAccount(pool, { role: 'OWNER' })
    const opened = await openRestaurant({ actor: actorOf(owner.id), restaurant: newRestaurant() })
    expect(opened).toMatchObject({ ok: true, value: { slug: 'alley-noodles' } })
    if (!opened.ok) return
    expect(await findRestaurant({ idOrSlug: 'alley-noodles' })).toBeNull()
    expect(await findStaffRestaurant({ accountId: owner.id, slug: 'alley-noodles' })).toMatchObject(
      {
        role: 'OWNER',
        published: false,
        version: 0,
      },
    )
    expect(await listActs(opened.value.id)).toEqual([
      { act: 'OPEN', actorRole: 'OWNER', to: 'UNPUBLISHED' },
    ])
  })

  test('G19: only an approved owner opens one', async () => {
    const { others, admin } = await setUpSettings()
    const before = await database.query('SELECT id FROM restaurants')
    const { floor, unapproved, dinerListedAsOwner, diner, nobody } = others
    for (const id of [floor, unapproved, dinerListedAsOwner, diner, nobody, admin])
      expect(
        await openRestaurant({ actor: actorOf(id), restaurant: newRestaurant() }),
      ).toMatchObject({ reason: 'not-allowed' })
    expect(await database.query('SELECT id FROM restaurants')).toEqual(before)
  })

  test('of two at once with one slug, one gets it and the other is told at the field what is free', async () => {
    const owner = await createAccount(pool, { role: 'OWNER' })
    const open = () => openRestaurant({ actor: actorOf(owner.id), restaurant: newRestaurant() })
    const answers = await Promise.all([open(), open()])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      reason: 'slug-taken',
      details: { fields: [{ field: 'slug' }], proposal: 'alley-noodles-2' },
    })
    expect((await listStaffRestaurants({ accountId: owner.id })).items).toHaveLength(1)
  })
})

const edits: [string, (restaurant: Restaurant, accountId: string) => Promise<{ ok: boolean }>][] = [
  [
    'saving the profile',
    ({ restaurantId }, id) =>
      saveProfile({ restaurantId, actor: actorOf(id), version: 0, profile: profile() }),
  ],
  [
    'saving the booking rules',
    ({ restaurantId }, id) =>
      saveBookingRules({ restaurantId, actor: actorOf(id), version: 0, rules: rules() }),
  ],
  [
    'saving the pictures',
    ({ restaurantId }, id) =>
      savePictures({ restaurantId, actor: actorOf(id), version: 0, pictures: [] }),
  ],
  [
    'switching bookings',
    ({ restaurantId }, id) => switchBookings({ restaurantId, actor: actorOf(id), isOn: false }),
  ],
  [
    'publishing',
    ({ restaurantId }, id) => publishRestaurant({ restaurantId, actor: actorOf(id), isOn: false }),
  ],
]

describe('G19: who may change a restaurant', () => {
  test.each(edits)('G19: %s is open to its approved owners and admins', async (_, edit) => {
    for (const role of ['owner', 'admin'] as const) {
      const restaurant = await setUpSettings()
      expect(await edit(restaurant, restaurant[role])).toMatchObject({ ok: true })
    }
  })

  test.each(edits)(
    'G19: %s is not found by anyone else, nor at another restaurant',
    async (_, edit) => {
      const restaurant = await setUpSettings()
      const before = await database.query('SELECT * FROM restaurants ORDER BY id')
      for (const id of Object.values(restaurant.others))
        expect(await edit(restaurant, id)).toEqual({ ok: false, reason: 'not-found' })
      const nowhere = { ...restaurant, restaurantId: restaurant.owner }
      expect(await edit(nowhere, restaurant.owner)).toEqual({ ok: false, reason: 'not-found' })
      await database.query('UPDATE restaurants SET deleted_at = now()')
      expect(await edit(restaurant, restaurant.owner)).toEqual({ ok: false, reason: 'not-found' })
      await database.query('UPDATE restaurants SET deleted_at = NULL')
      expect(await database.query('SELECT * FROM restaurants ORDER BY id')).toEqual(before)
      expect(await listActs(restaurant.restaurantId)).toEqual([])
    },
  )

  test('G19: floor staff see the restaurant, and may change none of its settings', async () => {
    const { slug, others } = await setUpSettings({ published: false })
    const asked = { accountId: others.floor, slug }
    expect(await findStaffRestaurant(asked)).toMatchObject({ role: 'STAFF' })
    for (const accountId of [others.otherOwner, others.unapproved, others.diner])
      expect(await findStaffRestaurant({ accountId, slug })).toBeNull()
    expect(await findStaffRestaurant({ accountId: others.floor, slug: 'x; --' })).toBeNull()
  })
})

describe('two owners edit the same thing', () => {
  test('at once: one saves, the other is shown the current state, and nothing is mixed', async () => {
    const { restaurantId, owner, admin } = await setUpSettings()
    const save = (id: string, name: string) =>
      saveProfile({ restaurantId, actor: actorOf(id), version: 0, profile: profile({ name }) })
    const answers = await Promise.all([save(owner, '가'), save(admin, '나')])
    const won = answers.findIndex(({ ok }) => ok)
    expect(answers[won]).toEqual({ ok: true, value: { version: 1 } })
    expect(answers[1 - won]).toMatchObject({
      reason: 'changed-meanwhile',
      details: { version: 1, present: { name: won === 0 ? '가' : '나' } },
    })
    expect(await listActs(restaurantId)).toHaveLength(1)
    const again = await saveProfile({
      restaurantId,
      actor: actorOf(admin),
      version: 1,
      profile: profile({ name: '다' }),
    })
    expect(again).toEqual({ ok: true, value: { version: 2 } })
  })

  test('pictures and profile share one version; a switch needs none', async () => {
    const { restaurantId, owner } = await setUpSettings()
    const actor = actorOf(owner)
    const pictures = [{ url: 'https://example.com/a.jpg', alt: '국수' }]
    expect(await switchBookings({ restaurantId, actor, isOn: false })).toMatchObject({ ok: true })
    expect(await savePictures({ restaurantId, actor, version: 0, pictures })).toMatchObject({
      ok: true,
    })
    expect(await savePictures({ restaurantId, actor, version: 0, pictures: [] })).toMatchObject({
      reason: 'changed-meanwhile',
      details: { present: { pictures } },
    })
    expect(await listPictures(restaurantId)).toEqual(pictures)
  })
})

describe('booking rules', () => {
  const save = ({ restaurantId, owner }: Restaurant, change: Parameters<typeof rules>[0]) =>
    saveBookingRules({ restaurantId, actor: actorOf(owner), version: 0, rules: rules(change) })

  test('the time zone can’t change while seatings are to come, and the refusal says whether any are booked', async () => {
    const restaurant = await setUpSettings()
    const table = await createTable(pool, { restaurantId: restaurant.restaurantId })
    const slot = await createSlot(pool, { tableId: table.id })
    expect(await save(restaurant, { timeZone: 'Asia/Seoul' })).toMatchObject({
      reason: 'has-schedule',
      details: { fields: [{ field: 'rules.timeZone' }] },
    })
    await createReservation(pool, { slotId: slot.id })
    expect(await save(restaurant, { timeZone: 'Asia/Seoul' })).toMatchObject({
      reason: 'has-reservations',
    })
    // Everything else may change; existing slots keep their length.
    expect(await save(restaurant, { seatingMinutes: 120 })).toMatchObject({ ok: true })
    await database.query(
      `UPDATE slots SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour'`,
    )
    const moved = await saveBookingRules({
      restaurantId: restaurant.restaurantId,
      actor: actorOf(restaurant.owner),
      version: 1,
      rules: rules({ timeZone: 'Asia/Seoul' }),
    })
    expect(moved).toMatchObject({ ok: true })
  })

  test('the day cut never falls in the middle of a service', async () => {
    const restaurant = await setUpSettings()
    await database.query(
      `INSERT INTO restaurant_hours VALUES ($1, 1, 660, 900), ($1, 5, 1080, 1560)`,
      [restaurant.restaurantId],
    )
    for (const dayCutMinutes of [661, 60])
      expect(await save(restaurant, { dayCutMinutes })).toMatchObject({
        reason: 'day-cut-in-service',
      })
    expect(await save(restaurant, { dayCutMinutes: 120 })).toMatchObject({ ok: true })
  })

  test('a coming seating keeps its day cut', async () => {
    const restaurant = await setUpSettings()
    const table = await createTable(pool, { restaurantId: restaurant.restaurantId })
    await createSlot(pool, { tableId: table.id, serviceDate: '2999-01-05' })
    const eight = '2999-01-05 08:00 Asia/Kathmandu'
    await database.query(
      `UPDATE slots SET starts_at = $1::timestamptz, ends_at = $1::timestamptz + interval '1 hour'`,
      [eight],
    )
    expect(await save(restaurant, { dayCutMinutes: 481 })).toMatchObject({
      reason: 'day-cut-in-service',
    })
    expect(await save(restaurant, { dayCutMinutes: 480 })).toMatchObject({ ok: true })
  })

  test('a zone that only the browser knows is refused at its field', async () => {
    const restaurant = await setUpSettings()
    expect(await save(restaurant, { timeZone: 'Asia/Bobjool' })).toMatchObject({
      reason: 'invalid',
      details: { fields: [{ field: 'rules.timeZone' }] },
    })
  })
})

describe('switches', () => {
  test('pressed twice change once and leave one event; back and forth, two', async () => {
    const { restaurantId, owner, slug } = await setUpSettings()
    const actor = actorOf(owner)
    for (const isOn of [false, false, true])
      expect(await switchBookings({ restaurantId, actor, isOn })).toEqual({
        ok: true,
        value: { bookingsOn: isOn },
      })
    expect(await listActs(restaurantId)).toEqual([
      { act: 'SWITCH_BOOKINGS', actorRole: 'OWNER', to: 'BOOKINGS_OFF' },
      { act: 'SWITCH_BOOKINGS', actorRole: 'OWNER', to: 'BOOKINGS_ON' },
    ])
    await publishRestaurant({ restaurantId, actor, isOn: false })
    expect(await findRestaurant({ idOrSlug: slug })).toBeNull()
    await publishRestaurant({ restaurantId, actor, isOn: true })
    expect(await findRestaurant({ idOrSlug: slug })).toMatchObject({ slug })
  })

  test('the audit log says what the setting was before', async () => {
    const { restaurantId, owner } = await setUpSettings({ name: '옛 이름' })
    await saveProfile({ restaurantId, actor: actorOf(owner), version: 0, profile: profile() })
    const [event] = await database.query<{ details: object; address: string }>(
      'SELECT details, address FROM audit_events',
    )
    expect(event).toMatchObject({
      address: '203.0.113.7',
      details: { before: { name: '옛 이름', nameEn: null } },
    })
  })
})
