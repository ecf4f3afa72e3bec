import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readService } from '@/domain/admin/metrics.queries'
import { serviceGauges } from '@/domain/admin/metrics.rules'
import { sweepRooms } from '@/domain/admin/sweep.commands'
import { noticeChannels } from '@/domain/notification/types'
import { pool } from '@/lib/db/database'
import { routeTemplates } from '@/lib/metrics/generated/route-templates'
import { createDiners, createReservation } from '@/prisma/factories'
import { askApi } from '../support/api-client'
import { useDatabase } from '../support/database'
import { bookOver, setUpRestaurant, useApps } from '../support/http-scene'
import { joinLine, setUpLine } from '../support/line-scene'
import { queueBooking, queueConfirmed } from '../support/notices'
import { createOpening } from '../support/opening-scene'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy'
import { readSample, scrape } from '../support/scrape'

const database = useDatabase()
let proxy: PostgresProxy
const apps = useApps(async () => {
  proxy = await startPostgresProxy({ url: database.databaseUrl })
  return { databaseUrl: proxy.url, smtpUrl: null }
})
const withoutToken = useApps({ smtpUrl: null, env: { METRICS_TOKEN: '' } })
afterAll(() => proxy.stop())

describe('a request without the token', () => {
  const wrong: [string, Record<string, string>][] = [
    ['none', {}],
    ['another', { authorization: 'Bearer an-other' }],
    ['half of it', { authorization: `Bearer ${process.env.METRICS_TOKEN?.slice(0, 20)}` }],
    ['the cron’s', { authorization: `Bearer ${process.env.CRON_SECRET}` }],
    ['it as a password', { authorization: `Basic ${process.env.METRICS_TOKEN}` }],
  ]

  /** All of an answer that a caller could compare. */
  const told = ({
    status,
    text,
    headers: { date, ...headers },
  }: Awaited<ReturnType<typeof askApi>>) => {
    expect(date).toBeDefined()
    return { status, text, headers }
  }

  test.each(wrong)('%s: is answered as an unknown path is', async (_, headers) => {
    const asked = { url: apps.urlOf(), headers }
    const unknown = told(await askApi({ ...asked, path: '/api/metrix' }))
    expect(unknown).toMatchObject({ status: 404, text: expect.stringContaining('not-found') })
    expect(told(await askApi({ ...asked, path: '/api/metrics' }))).toEqual(unknown)
  })

  test('by another method: as an unknown path, with the token too', async () => {
    const token = process.env.METRICS_TOKEN
    const unknown = await askApi({ url: apps.urlOf(), method: 'POST', path: '/api/metrix', token })
    const asked = await askApi({ url: apps.urlOf(), method: 'POST', path: '/api/metrics', token })
    expect(told(asked)).toEqual(told(unknown))
  })

  test.each(['Bearer ', 'Bearer undefined', ''])(
    'where none is configured, "%s" is answered so too',
    async (authorization) => {
      const asked = { url: withoutToken.urlOf(), headers: { authorization } }
      expect((await askApi({ ...asked, path: '/api/metrics' })).status).toBe(404)
    },
  )
})

describe('what a scrape says', () => {
  const LABELS: Record<string, readonly string[] | RegExp> = {
    channel: [...noticeChannels, 'NONE'],
    urgency: ['0', '1', '2', '3'],
    reason: /^[a-z]+(-[a-z]+){0,5}$/,
    state: ['running', 'overdue', 'idle', 'busy'],
    status:
      /^(HELD|CONFIRMED|SEATED|LEFT|EXPIRED|CANCELLED|NO_SHOW|WAITING|POSTPONED|CALLED|LAST_CALLED|[1-5]xx|aborted)$/,
    within: ['hour', 'day', 'later'],
    method: /^([A-Z]{3,7}|other)$/,
    route: [...routeTemplates, 'asset', 'file', 'other'],
    class: ['cached', 'entry', 'booking', 'act', 'sign-in'],
    snapshot: /^[a-z-]{3,16}$/,
    outcome: /^[a-z-]{3,16}$/,
    kind: /^[a-z ]{3,30}$/,
    quantile: ['0.5', '0.99', '1'],
    le: /^([\d.]+|\+Inf)$/,
    version: /^\d+\.\d+\.\d+/,
  }
  const isBounded = ([label, value]: [string, string]) => {
    const allowed = LABELS[label]
    return allowed instanceof RegExp ? allowed.test(value) : allowed?.includes(value)
  }

  test('no label is a name, an id or an address, whatever has been asked for', async () => {
    const url = apps.urlOf()
    const { owner, diner, ...scene } = await setUpRestaurant()
    await pool.query(`UPDATE restaurants SET name = 'Kim’s Secret Kitchen' WHERE id = $1`, [
      scene.restaurantId,
    ])
    await queueConfirmed(pool, { email: 'secret@bobjool.test', dinerName: '김비밀' })
    expect((await bookOver({ url, token: diner.token, scene })).status).toBe(201)
    for (const path of [
      `/api/v1/restaurants/${scene.restaurantId}/board?date=${scene.serviceDate}`,
      `/restaurants/${scene.restaurantId}`,
      '/somebody@bobjool.test',
      `/links/${diner.id}`,
      '/api/v1/reservations/not-an-id',
      '/api/x"y\\z',
    ])
      await askApi({ url, path, token: owner.token })
    const { samples } = await scrape(url)
    const labels = samples.flatMap((sample) => Object.entries(sample.labels))
    expect(labels.length).toBeGreaterThan(100)
    expect(labels.filter((label) => !isBounded(label))).toEqual([])
    expect(samples.filter(({ name }) => !name.startsWith('bobjool_'))).toEqual([])
    expect(JSON.stringify(samples)).not.toMatch(/Secret|비밀|somebody|@|[0-9a-f]{8}-[0-9a-f]{4}/)
    const of = (name: string, wanted: Record<string, string>) => readSample(samples, name, wanted)
    const booking = { method: 'POST', route: '/api/v1/reservations' }
    expect(of('bobjool_http_requests_total', { ...booking, status: '2xx' })).toBe(1)
    expect(of('bobjool_http_request_duration_seconds_count', booking)).toBe(1)
    expect(
      of('bobjool_snapshot_rebuilds_total', { snapshot: 'board', outcome: 'built' }),
    ).toBeGreaterThan(0)
    expect(of('bobjool_refusals_total', { reason: 'not-found' })).toBeGreaterThan(0)
    expect(of('bobjool_resident_memory_bytes', {})).toBeGreaterThan(1e7)
    expect(of('bobjool_event_loop_delay_seconds', { quantile: '0.99' })).toBeGreaterThanOrEqual(0)
    expect(of('bobjool_postgres_pool_connections', { state: 'busy' })).toBeGreaterThanOrEqual(0)
    expect(of('bobjool_http_requests_in_flight', {})).toBe(1)
    expect(of('bobjool_redis_answers_total', { outcome: 'answered' })).toBeGreaterThan(0)
    expect(of('bobjool_troubles_total', { kind: 'mail server away' })).toBe(0)
  })

  test('while Postgres is away a scrape has what the process knows of itself, and says so', async () => {
    await proxy.goAway()
    const { samples } = await scrape(apps.urlOf())
    await proxy.comeBack()
    expect(readSample(samples, 'bobjool_postgres_up')).toBe(0)
    expect(readSample(samples, 'bobjool_resident_memory_bytes')).toBeGreaterThan(1e7)
    const read = Object.keys(serviceGauges).filter((name) => name !== 'bobjool_postgres_up')
    expect(samples.filter(({ name }) => read.includes(name))).toEqual([])
    await expect
      .poll(async () => readSample((await scrape(apps.urlOf())).samples, 'bobjool_postgres_up'))
      .toBe(1)
  })
})

describe('what the database says of the service', () => {
  beforeEach(() => database.truncateAll())
  const read = async (name: keyof typeof serviceGauges, labels: Record<string, string> = {}) =>
    readSample(await readService(), name, labels)

  test('the outbox: its depth, and how long the oldest is overdue or has been tried', async () => {
    const queue = { channel: 'MAIL', urgency: '1' }
    expect(await read('bobjool_outbox_notices', queue)).toBe(0)
    expect(await read('bobjool_outbox_oldest_age_seconds', queue)).toBe(0)
    const [tried, coming] = [await queueConfirmed(pool), await queueConfirmed(pool)]
    await queueBooking(pool)
    await pool.query(
      `UPDATE notices SET attempts = 3, queued_at = now() - interval '10 minutes', due_at = now() + interval '1 minute' WHERE id = $1`,
      [tried.id],
    )
    await pool.query(
      `UPDATE notices SET queued_at = now() - interval '3 days', due_at = now() + interval '1 day' WHERE id = $1`,
      [coming.id],
    )
    expect(await read('bobjool_outbox_notices', queue)).toBe(2)
    expect(await read('bobjool_outbox_notices', { channel: 'NONE', urgency: '1' })).toBe(1)
    const age = await read('bobjool_outbox_oldest_age_seconds', queue)
    expect(Math.round(Number(age) / 60)).toBe(10)
  })

  test.each([
    ['the address refuses mail', 'address-refused'],
    ['gave-up: connect ECONNREFUSED', 'gave-up'],
    ['unknown-kind: X', 'not-writable'],
    ['550 5.1.1 <kim@bobjool.test>: no such user', 'rejected'],
    [null, 'rejected'],
  ])('a notice that died of "%s" counts as %s', async (error, reason) => {
    const { id } = await queueConfirmed(pool)
    await pool.query(`UPDATE notices SET state = 'DEAD', last_error = $2 WHERE id = $1`, [
      id,
      error,
    ])
    expect(await read('bobjool_outbox_dead_notices', { channel: 'MAIL', reason })).toBe(1)
    expect(await read('bobjool_outbox_notices', { channel: 'MAIL', urgency: '1' })).toBe(0)
    await pool.query(`UPDATE notices SET queued_at = now() - interval '8 days' WHERE id = $1`, [id])
    expect(await read('bobjool_outbox_dead_notices', { channel: 'MAIL', reason })).toBe(0)
  })

  test('the sweep: absent until it has run, then its age, its length and what failed', async () => {
    expect(await read('bobjool_sweep_age_seconds')).toBeUndefined()
    await sweepRooms()
    expect(await read('bobjool_sweep_age_seconds')).toBeGreaterThanOrEqual(0)
    expect(await read('bobjool_sweep_duration_seconds')).toBeGreaterThan(0)
    expect(await read('bobjool_sweep_failed_jobs')).toBe(0)
    await database.query('ALTER TABLE idempotency_keys RENAME TO lost')
    try {
      await expect(sweepRooms()).rejects.toThrow()
    } finally {
      await database.query('ALTER TABLE lost RENAME TO idempotency_keys')
    }
    expect(await read('bobjool_sweep_failed_jobs')).toBe(1)
    await database.query(`UPDATE sweeps SET ended_at = now() - interval '1 hour'`)
    expect(Math.round(Number(await read('bobjool_sweep_age_seconds')) / 60)).toBe(60)
  })

  test('today’s reservations, holds and tickets', async () => {
    const { restaurantId, slotIds } = await setUpRestaurant({
      tables: [{ maxParty: 4 }, { maxParty: 4 }],
    })
    const [held, confirmed] = await createDiners(pool, { count: 2 })
    const [first = '', second = ''] = slotIds
    await createReservation(pool, {
      ...{ slotId: first, dinerId: held?.id ?? '', status: 'HELD' },
      holdExpiresAt: new Date(Date.now() + 60_000),
    })
    await createReservation(pool, { slotId: second, dinerId: confirmed?.id ?? '' })
    expect(await read('bobjool_reservations', { status: 'HELD' })).toBe(1)
    expect(await read('bobjool_reservations', { status: 'CONFIRMED' })).toBe(1)
    expect(await read('bobjool_reservations', { status: 'NO_SHOW' })).toBe(0)
    expect(await read('bobjool_holds', { state: 'running' })).toBe(1)
    await joinLine(await setUpLine({ restaurantId }))
    expect(await read('bobjool_tickets_waiting', { status: 'WAITING' })).toBe(1)
    expect(await read('bobjool_tickets_waiting', { status: 'CALLED' })).toBe(0)
  })

  async function enter(openingId: string) {
    const [diner] = await createDiners(pool, { count: 1 })
    await pool.query(
      `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby) VALUES ($1, $2, repeat('a', 32), true)`,
      [openingId, diner?.id],
    )
  }

  test('openings ahead with their entries, one that nobody entered, and one that is not drawn', async () => {
    const soon = await createOpening({ opensInMinutes: 30 })
    await createOpening({ opensInMinutes: 3 * 24 * 60 })
    expect(await read('bobjool_openings_ahead', { within: 'hour' })).toBe(1)
    expect(await read('bobjool_openings_ahead', { within: 'day' })).toBe(0)
    expect(await read('bobjool_openings_ahead', { within: 'later' })).toBe(1)
    expect(await read('bobjool_openings_empty')).toBe(1)
    await enter(soon.openingId)
    expect(await read('bobjool_opening_entries_ahead', { within: 'hour' })).toBe(1)
    expect(await read('bobjool_openings_empty')).toBe(0)
    expect(await read('bobjool_openings_undrawn')).toBe(0)
    const past = await createOpening({ opensInMinutes: -10 })
    expect(await read('bobjool_openings_undrawn')).toBe(0)
    await enter(past.openingId)
    expect(await read('bobjool_openings_undrawn')).toBe(1)
  })
})
