import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockNumberedFolder } from '@/local/folder-lock'
import { type LocalPostgres, startPostgres } from '@/local/postgres'
import { createAccount } from '@/prisma/factories'
import { describeRefusal, migrateDatabase } from '@/prisma/migrate'
import { type Answer, askApi, nameOutcome, readJson } from '../support/api-client'
import { type RunningApps, startApps } from '../support/app-server'
import { setUpSeating } from '../support/booking-scene'
import { bookOver, signTokenFor } from '../support/http-scene'
import { useGateway } from '../support/stack-gateway'
import { WriteBehind } from '../support/unprotected-restart'

const DATABASE = 'bobjool_restart'
const gateway = useGateway()
let lock: Awaited<ReturnType<typeof lockNumberedFolder>>
let postgres: LocalPostgres
let running: RunningApps
let db: pg.Pool

/** A server for this file alone, because every other file needs the shared one. */
beforeAll(async () => {
  lock = await lockNumberedFolder(path.resolve('.local/restart'))
  postgres = await start()
  await postgres.dropDatabase(DATABASE)
  await postgres.ensureDatabase({ name: DATABASE })
  const databaseUrl = postgres.nameAppUrl(DATABASE)
  const directUrl = postgres.nameOwnerUrl(DATABASE)
  const outcome = await migrateDatabase({ directUrl, databaseUrl })
  if (!outcome.ok) throw new Error(describeRefusal(outcome))
  db = new pg.Pool({ connectionString: directUrl, max: 2 })
  db.on('error', () => {})
  running = await startApps({ count: 2, databaseUrl, gateway, smtpUrl: null })
}, 300_000)
afterAll(async () => {
  await running?.stop()
  await db?.end()
  await postgres?.stop()
  lock?.release()
})

function start(preferredPort?: number): Promise<LocalPostgres> {
  return startPostgres({
    folder: lock.folder,
    // Every confirmed booking has to be there afterwards.
    isDurable: true,
    whenUnusable: 'wipe',
    ...(preferredPort !== undefined && { preferredPort }),
  })
}

const urlAt = (index: number) => running.apps[index % 2]?.url ?? ''
type Scene = Awaited<ReturnType<typeof setUpSeating>>
const DINERS = 80
const TABLES = 40

/** As the page does it: one key, retried until the answer is final. */
async function pursue({ scene, token, index, heard }: Pursuit): Promise<Answer> {
  const key = randomUUID()
  for (let attempt = 1; ; attempt++) {
    const asked = { token, scene, key, attempt, headers: { connection: 'close' } }
    const answer = await bookOver({ url: urlAt(index + attempt), ...asked })
    heard.push(answer)
    if (answer.status !== 503 && nameOutcome(answer) !== '409 in-progress') return answer
    await sleep(100 + Math.random() * 200)
  }
}
type Pursuit = { scene: Scene; token: string; index: number; heard: Answer[] }

test('hard case 10: Postgres is restarted in mid-rush: every diner gets an answer, and each answer is true', async () => {
  const scene = await setUpSeating({
    db,
    tables: Array.from({ length: TABLES }, () => ({ maxParty: 4 })),
  })
  const tokens: string[] = []
  for (let count = 0; count < DINERS; count++)
    tokens.push(await signTokenFor(await createAccount(db)))
  const board = `/api/v1/restaurants/${scene.restaurantId}/board`
  expect((await askApi({ url: urlAt(0), path: board })).status).toBe(200)

  const heard: Answer[] = []
  const pursuits = tokens.map(async (token, index) => {
    // Over some seconds, so that requests come before, during and after the outage.
    await sleep(index * 40)
    return pursue({ scene, token, index, heard })
  })
  await expect
    .poll(() => heard.filter(({ status }) => status === 201).length, { timeout: 10_000 })
    .toBeGreaterThan(3)
  const { port } = postgres
  await postgres.stop()
  await expect
    .poll(() => heard.some(({ status }) => status === 503), { timeout: 10_000 })
    .toBe(true)
  const during = await askApi({ url: urlAt(0), path: board })
  expect(during.status, 'the board stays').toBe(200)
  const isReady = await askApi({ url: urlAt(0), path: '/api/health/ready' })
  const isLive = await askApi({ url: urlAt(0), path: '/api/health/live' })
  expect([isReady.status, isLive.status]).toEqual([503, 200])
  postgres = await start(port)
  expect(postgres.port).toBe(port)

  const answers = await Promise.all(pursuits)
  for (const { status, headers, text } of heard) {
    expect(status, text).not.toBe(500)
    if (status === 503) expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1)
  }
  const won = answers.filter(({ status }) => status === 201)
  expect(won).toHaveLength(TABLES)
  expect(answers.filter((answer) => nameOutcome(answer) === '409 sold-out')).toHaveLength(
    DINERS - TABLES,
  )
  const { rows } = await db.query<{ id: string }>('SELECT id FROM reservations ORDER BY id')
  expect(rows.map(({ id }) => id)).toEqual(won.map((answer) => String(readJson(answer).id)).sort())
  const twice = await db.query(
    'SELECT slot_id FROM reservation_slots WHERE released_at IS NULL GROUP BY 1 HAVING count(*) > 1',
  )
  expect(twice.rows).toEqual([])
  for (const app of running.apps) expect(app.readOutput().join('\n')).not.toMatch(/uncaught/i)
})

test('control: a service that answers before the commit promises tables that nobody gets', async () => {
  const service = new WriteBehind(db)
  await service.setUp()
  const { port } = postgres
  for (let number = 0; number < 5; number += 1) service.book(number)
  await expect.poll(() => service.listKept()).toHaveLength(5)
  await postgres.stop()
  for (let number = 5; number < 10; number += 1) service.book(number)
  postgres = await start(port)
  await expect.poll(() => service.listKept().catch(() => [])).toContain(4)
  for (let number = 10; number < 15; number += 1) service.book(number)
  const kept = await service.listKept()
  expect(service.promised).toHaveLength(15)
  expect(kept.length, 'some were promised and are gone').toBeLessThan(15)
})
