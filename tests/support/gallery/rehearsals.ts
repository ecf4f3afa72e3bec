import { readRehearsalFacts, settleRehearsal } from '@/domain/booking/rehearsal.queries'
import { rehearse } from '@/domain/opening/rehearsal.rules'
import { pool } from '@/lib/db/database'
import { createStaff } from '@/prisma/factories'
import { setUpBoard } from '../diner-scene'
import { createOpening } from '../opening-scene'
import { RATES } from '../rehearsal-scene'

/** Paths of an opening's rehearsal, by what its page shows. */
export interface RehearsalPaths {
  fresh: string
  crowded: string
  running: string
  over: string
}

const TABLES = [
  { minParty: 1, maxParty: 2 },
  { minParty: 3, maxParty: 4 },
  { minParty: 5, maxParty: 6 },
]

async function open({ ownerId, opensInMinutes }: { ownerId: string; opensInMinutes: number }) {
  const { restaurantId, slug } = await setUpBoard({ seatings: 12, tables: TABLES })
  await createStaff(pool, { restaurantId, accountId: ownerId })
  const { openingId } = await createOpening({ restaurantId, opensInMinutes, turnsPerSecond: 4 })
  return { openingId, path: `/owner/${slug}/openings/${openingId}` }
}

/** As its owner had it rehearsed, with so many people, before it came. */
async function keepOutcome({
  openingId,
  people,
  lobbySeconds = 600,
}: {
  openingId: string
  people: number
  lobbySeconds?: number
}) {
  const facts = await readRehearsalFacts(openingId)
  if (!facts) throw new Error('there is no such opening')
  const outcome = rehearse({
    settings: { ...settleRehearsal({ facts, people }), lobbySeconds },
    rates: RATES,
  })
  await pool.query('INSERT INTO opening_rehearsals (opening_id, outcome) VALUES ($1, $2)', [
    openingId,
    JSON.stringify(outcome),
  ])
}

/** Entries and turns of about what was rehearsed, a little later. */
async function happen({ openingId }: { openingId: string }): Promise<void> {
  await pool.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby, entered_at)
     SELECT $1, md5('happened ' || n), true, o.opens_at - make_interval(secs => 40 * (1 - sqrt(n / 260.0)))
       FROM generate_series(1, 260) AS n, openings o WHERE o.id = $1`,
    [openingId],
  )
  await pool.query(
    `INSERT INTO opening_turns (opening_id, entry_id, given_at)
     SELECT $1, md5('happened ' || n), o.opens_at + make_interval(secs => 9 + n / 3.6)
       FROM generate_series(1, 120) AS n, openings o WHERE o.id = $1`,
    [openingId],
  )
}

export async function setUpRehearsals({ ownerId }: { ownerId: string }): Promise<RehearsalPaths> {
  const fresh = await open({ ownerId, opensInMinutes: 180 })
  const crowded = await open({ ownerId, opensInMinutes: 180 })
  await keepOutcome({ ...crowded, people: 300_000, lobbySeconds: 60 })
  const running = await open({ ownerId, opensInMinutes: -1 })
  const over = await open({ ownerId, opensInMinutes: -90 })
  for (const past of [running, over]) {
    await keepOutcome({ ...past, people: 400 })
    await happen(past)
  }
  return {
    fresh: fresh.path,
    crowded: crowded.path,
    running: running.path,
    over: over.path,
  }
}
