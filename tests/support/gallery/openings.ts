import { nameEntry } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { setUpBoard } from '../diner-scene'
import { createOpening, type OpeningScene } from '../opening-scene'

/** One opening for each state its page can be in, by that state. */
export interface OpeningsScene {
  announced: string
  lobby: string
  lobbyByArrival: string
  /** The newcomer is number 3,000 at two a second, and that rate changes. */
  waiting: string
  /** The newcomer came after the 1,204 of the lobby. */
  waitingLate: string
  /** The newcomer came after the opening and waits for the draw of their cohort. */
  waitingCohort: string
  turn: string
  soldOut: string
  over: string
  cancelled: string
}

type Plan = Parameters<typeof createOpening>[0]
const LOBBY_SIZE = 1_204

async function open(plan: Plan, sameDayOnly = true): Promise<OpeningScene> {
  const { restaurantId } = await setUpBoard({
    seatings: 6,
    tables: [
      { minParty: 1, maxParty: 2 },
      { minParty: 2, maxParty: 4 },
    ],
    restaurant: { sameDayOnly },
  })
  return createOpening({ ...plan, restaurantId })
}

/** Diners of the lobby whose accounts do not matter. */
const fillLobby = ({ openingId }: OpeningScene) =>
  pool.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby)
     SELECT $1, md5(n::text), true FROM generate_series(1, $2::int) AS n`,
    [openingId, LOBBY_SIZE],
  )

const enter = ({
  openingId,
  accountId,
  number = null,
  inLobby = true,
}: {
  openingId: string
  accountId: string
  number?: number | null
  inLobby?: boolean
}) =>
  pool.query(
    `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number) VALUES ($1, $2, $3, $4, $5)`,
    [openingId, accountId, nameEntry({ openingId, accountId }), inLobby, number],
  )

async function draw({ openingId }: OpeningScene): Promise<void> {
  await pool.query('SELECT freeze_opening($1)', [openingId])
  await pool.query('SELECT draw_opening($1, NULL, NULL)', [openingId])
}

async function openLobby(plan: Plan, accountId: string): Promise<string> {
  const scene = await open(plan)
  await fillLobby(scene)
  await enter({ ...scene, accountId, number: plan?.orderBy === 'ARRIVAL' ? 17 : null })
  return scene.openingId
}

async function openWaiting(accountId: string): Promise<string> {
  const scene = await open({ opensInMinutes: -1, turnsPerSecond: 2, orderBy: 'ARRIVAL' })
  await fillLobby(scene)
  await enter({ ...scene, accountId, number: 3_000 })
  await draw(scene)
  await pool.query(`INSERT INTO opening_rates SELECT $1, now() + interval '1 s', 1.5`, [
    scene.openingId,
  ])
  return scene.openingId
}

async function openWaitingLate(accountId: string): Promise<string> {
  const scene = await open({ opensInMinutes: -1, turnsPerSecond: 1 })
  await fillLobby(scene)
  await draw(scene)
  await enter({ ...scene, accountId, number: 1, inLobby: false })
  return scene.openingId
}

async function openWaitingCohort(accountId: string): Promise<string> {
  const scene = await open({ opensInMinutes: -1, turnsPerSecond: 1, cohortSeconds: 20 })
  const { openingId } = scene
  await fillLobby(scene)
  await draw(scene)
  // A cohort that ends long after the picture is taken.
  await pool.query(
    `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, cohort) VALUES ($1, $2, $3, false, 100)`,
    [openingId, accountId, nameEntry({ openingId, accountId })],
  )
  return openingId
}

async function openTurn(accountId: string): Promise<string> {
  const scene = await open({ opensInMinutes: -10, turnsPerSecond: 10_000 })
  await fillLobby(scene)
  await enter({ ...scene, accountId })
  await draw(scene)
  return scene.openingId
}

async function openSoldOut(): Promise<string> {
  const scene = await open({ opensInMinutes: -10 }, false)
  await fillLobby(scene)
  await draw(scene)
  await pool.query('UPDATE slots SET taken = true WHERE restaurant_id = $1', [scene.restaurantId])
  return scene.openingId
}

async function openCancelled(): Promise<string> {
  const { openingId } = await open({ opensInMinutes: 25 })
  await pool.query('UPDATE openings SET cancelled_at = now(), cancelled_for = $2 WHERE id = $1', [
    openingId,
    '주방에 불이 나서 오늘은 열 수 없어요.',
  ])
  return openingId
}

export async function setUpOpenings({ accountId }: { accountId: string }): Promise<OpeningsScene> {
  return {
    announced: (await open({ opensInMinutes: 150, beacon: 'drand-quicknet' })).openingId,
    lobby: await openLobby({ opensInMinutes: 25, beacon: 'local' }, accountId),
    lobbyByArrival: await openLobby({ opensInMinutes: 25, orderBy: 'ARRIVAL' }, accountId),
    waiting: await openWaiting(accountId),
    waitingLate: await openWaitingLate(accountId),
    waitingCohort: await openWaitingCohort(accountId),
    turn: await openTurn(accountId),
    soldOut: await openSoldOut(),
    over: (await open({ opensInMinutes: -90 })).openingId,
    cancelled: await openCancelled(),
  }
}
