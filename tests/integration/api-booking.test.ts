import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot } from '@/prisma/factories'
import { type Answer, type Ask, askApi, expectProblem, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { useDatabase } from '../support/database'
import {
  bookOver,
  createPerson,
  type Person,
  setUpRestaurant,
  useApps,
} from '../support/http-scene'
import { useInbox } from '../support/inbox'

const database = useDatabase()
const inbox = useInbox()
const apps = useApps()

const ask = (token: string | undefined, asked: Ask): Promise<Answer> =>
  askApi({ url: apps.urlOf(), token, ...asked })

async function readValue(token: string | undefined, path: string) {
  const answer = await ask(token, { path: `/api/v1/${path}` })
  expect(answer.status).toBe(200)
  return readJson(answer)
}

async function moveOver({ person, id, act }: { person: Person; id: string; act: string }) {
  const path = `/api/v1/reservations/${id}/${act}`
  return ask(person.token, { method: 'POST', path })
}

/** Waits for a fresh board: a snapshot may be a second old, and a test can't age it like a row. */
async function waitForSlotState({ id, state }: { id: string; state: string }): Promise<void> {
  await expect
    .poll(async () => (await readValue(undefined, `restaurants/${id}/board`)).times, {
      timeout: 5_000,
    })
    .toMatchObject([{ slots: [{ state }] }])
}

describe('a reservation’s way through the API', () => {
  test('G16: booked, seen by diner, staff and board, mailed, cancelled, free again', async () => {
    const restaurant = await setUpRestaurant()
    const { diner, owner, restaurantId } = restaurant
    const booked = await bookOver({ url: apps.urlOf(), token: diner.token, scene: restaurant })
    expect(booked.status).toBe(201)
    expect(booked.headers['cache-control']).toBe('private, no-store')
    const placed = readJson(booked)
    expect(placed).toEqual({
      id: expect.any(String),
      status: 'CONFIRMED',
      slotId: restaurant.slotIds[0],
      tableNumber: 1,
      startsAt: restaurant.startsAt.toISOString(),
      endsAt: expect.any(String),
      partySize: 2,
      holdExpiresAt: null,
      awaitsStaff: false,
    })
    const id = String(placed.id)
    const own = await readValue(diner.token, `reservations/${id}`)
    expect(own).toMatchObject({ id, status: 'CONFIRMED', restaurant: { id: restaurantId } })
    expect((await readValue(diner.token, 'reservations')).items).toEqual([own])
    expect(await readValue(owner.token, `restaurants/${restaurantId}/day`)).toMatchObject({
      parties: [{ reservationId: id, status: 'CONFIRMED', name: '김밥줄' }],
    })
    await waitForSlotState({ id: restaurantId, state: 'TAKEN' })
    const confirmed = await inbox.waitForMail({ recipient: diner.email })

    const cancelled = await moveOver({ person: diner, id, act: 'cancel' })
    expect(readJson(cancelled)).toMatchObject({ id, status: 'CANCELLED' })
    expectProblem(await moveOver({ person: diner, id, act: 'cancel' }), {
      status: 409,
      reason: 'cannot-move',
    })
    await waitForSlotState({ id: restaurantId, state: 'FREE' })
    const mails = await inbox.waitForMails({ recipient: diner.email, count: 2 })
    expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(2)
    expect(mails.at(-1)?.messageId).toBe(confirmed.messageId)
    expect(await findContradictions()).toEqual([])
  })

  test('G5: a hold is confirmed in time, and expires otherwise', async () => {
    const restaurant = await setUpRestaurant({ restaurant: { confirmWithinMinutes: 5 } })
    const first = readJson(
      await bookOver({ url: apps.urlOf(), token: restaurant.diner.token, scene: restaurant }),
    )
    expect(first).toMatchObject({ status: 'HELD', holdExpiresAt: expect.any(String) })
    await database.query(
      `WITH late AS (UPDATE reservations SET hold_expires_at = now() - interval '1 second' WHERE id = $1)
       UPDATE slots SET held_until = now() - interval '1 second' WHERE id = $2`,
      [first.id, first.slotId],
    )
    const late = await moveOver({ person: restaurant.diner, id: String(first.id), act: 'confirm' })
    expectProblem(late, { status: 409, reason: 'hold-expired' })
    const next = await createPerson()
    const second = readJson(
      await bookOver({ url: apps.urlOf(), token: next.token, scene: restaurant }),
    )
    expect(second).toMatchObject({ status: 'HELD', slotId: first.slotId })
    const confirmed = await moveOver({ person: next, id: String(second.id), act: 'confirm' })
    expect(readJson(confirmed)).toMatchObject({ status: 'CONFIRMED' })
    await inbox.waitForMail({ recipient: next.email })
    const told = inbox.listMails(restaurant.diner.email).map(({ subject }) => subject)
    expect(told.filter((subject) => subject.startsWith('예약이 확정됐어요'))).toEqual([])
    expect(await findContradictions()).toEqual([])
  })

  test('G11: staff seat a party, undo it and let it leave, each act once', async () => {
    const restaurant = await setUpRestaurant()
    const { id } = await createReservation(pool, {
      slotId: String(restaurant.slotIds[0]),
      dinerId: restaurant.diner.id,
    })
    const seated = readJson(await moveOver({ person: restaurant.owner, id, act: 'seat' }))
    expect(seated).toMatchObject({ id, status: 'SEATED', actId: expect.any(String) })
    const undo = { method: 'POST', path: '/api/v1/undo', body: { actId: seated.actId } }
    expect(readJson(await ask(restaurant.owner.token, undo))).toMatchObject({ status: 'CONFIRMED' })
    const again = await ask(restaurant.owner.token, undo)
    expectProblem(again, { status: 409, reason: 'too-late' })
    expect((await moveOver({ person: restaurant.owner, id, act: 'seat' })).status).toBe(200)
    expect((await moveOver({ person: restaurant.owner, id, act: 'leave' })).status).toBe(200)
    expect(await readValue(restaurant.diner.token, `reservations/${id}`)).toMatchObject({
      status: 'LEFT',
    })
    expect(await findContradictions()).toEqual([])
  })

  test('a long list comes in pages, each reservation once, the next first', async () => {
    const diner = await createPerson()
    for (const hour of [2, 4, 6, 8, 10]) {
      const startsAt = new Date(Date.now() + hour * 3_600_000)
      const { id: slotId } = await createSlot(pool, { startsAt })
      await createReservation(pool, { slotId, dinerId: diner.id })
    }
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 3; page++) {
      const read = await readValue(diner.token, `reservations?limit=2${cursor}`)
      const items: unknown = read.items
      if (!Array.isArray(items)) throw new Error('items is no list')
      seen.push(...items.map((item) => String(item.startsAt)))
      cursor = `&cursor=${String(read.nextCursor)}`
      expect(read.nextCursor === null).toBe(page === 2)
    }
    expect(seen).toHaveLength(5)
    expect(seen).toEqual([...new Set(seen)].sort())
  })
})

describe('G18: what people type stays text', () => {
  const NOTE =
    '창가 자리\r\nBcc: spy@evil.example\r\n\r\n<script>alert(1)</script>\r\nATTENDEE:mailto:spy@evil.example'
  const NAME = '<b>김"밥</b>'

  test('G18: a note with line breaks and markup adds no recipient, header or element', async () => {
    const diner = await createPerson({ name: NAME })
    const restaurant = await setUpRestaurant()
    const booked = await bookOver({
      url: apps.urlOf(),
      token: diner.token,
      scene: restaurant,
      note: NOTE,
    })
    expect(booked.status).toBe(201)
    const own = await readValue(diner.token, `reservations/${String(readJson(booked).id)}`)
    expect(own.note).toBe(NOTE.replaceAll('\r\n', '\n'))
    const mail = await inbox.waitForMail({ recipient: diner.email })
    expect(mail.recipients).toEqual([diner.email])
    expect(mail.headers.bcc).toBeUndefined()
    expect(mail.html).not.toMatch(/<script|<b>김/)
    const calendar = mail.attachments.find((file) => file.contentType.startsWith('text/calendar'))
    expect(calendar?.content.toString()).toMatch(/^BEGIN:VCALENDAR/)
    expect(calendar?.content.toString()).not.toMatch(/^(ATTENDEE|Bcc)/m)
    expect(inbox.listMails('spy@evil.example')).toEqual([])
  })

  test.each(['😀'.repeat(250), '가'.repeat(500), '\ud800', '"; DROP TABLE slots; --', '{{7*7}}'])(
    'G18: the note %j is kept as text',
    async (note) => {
      const restaurant = await setUpRestaurant()
      const ask = {
        url: apps.urlOf(),
        token: restaurant.diner.token,
        scene: restaurant,
        note,
        key: 'k',
      }
      const booked = await bookOver(ask)
      expect(booked.status).toBe(201)
      const own = await readValue(
        restaurant.diner.token,
        `reservations/${String(readJson(booked).id)}`,
      )
      expect(own.note).toBe(note.toWellFormed())
      const again = await bookOver({ ...ask, attempt: 2 })
      expect(again.text).toBe(booked.text)
    },
  )
})

describe('G7: the public board', () => {
  test('everyone gets the same bytes and an ETag that answers 304, and nothing depends on who asks', async () => {
    const restaurant = await setUpRestaurant()
    const path = `/api/v1/restaurants/${restaurant.restaurantId}/board`
    const first = await ask(undefined, { path })
    expect(first.headers['cache-control']).toBe(
      'public, max-age=0, s-maxage=1, stale-while-revalidate=1',
    )
    expect(first.headers['set-cookie']).toBeUndefined()
    const signedIn = await ask(restaurant.diner.token, {
      path,
      headers: { 'accept-language': 'en' },
    })
    expect(signedIn.headers.etag).toBe(first.headers.etag)
    const etag = String(first.headers.etag)
    const known = await ask(undefined, { path, headers: { 'if-none-match': `W/"x", ${etag}` } })
    expect([known.status, known.text, known.headers.etag]).toEqual([304, '', etag])
  })

  test('the board is the same by slug and by id', async () => {
    const restaurant = await setUpRestaurant({ restaurant: { slug: 'one-board' } })
    const bySlug = await readValue(undefined, 'restaurants/one-board/board')
    const byId = await readValue(undefined, `restaurants/${restaurant.restaurantId}/board`)
    expect(bySlug.version).toBe(byId.version)
    expectProblem(await ask(undefined, { path: '/api/v1/restaurants/no-board/board' }), {
      status: 404,
      reason: 'not-found',
    })
  })
})
