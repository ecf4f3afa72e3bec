import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { enterOpening } from '@/domain/opening/commands'
import { findOwnTurn } from '@/domain/opening/lobby.rules'
import { findEntry, readOpening, readOwnOpening } from '@/domain/opening/queries'
import { askToBeToldOfTurn, planTurns, tellReminders } from '@/domain/opening/reminder.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { createOpening } from '../support/opening-scene'
import { useOutside } from '../support/outside'
import { addPhone, letPass, listReminders } from '../support/reminder-scene'

const database = useDatabase()
const outside = useOutside()
useInbox()
afterAll(closeMail)

const hash = async (bytes: Uint8Array) =>
  new Uint8Array(createHash('sha256').update(bytes).digest()).buffer

test('G14: who came late is told a minute before the turn that their cohort’s draw gives them', async () => {
  const { openingId } = await createOpening({ opensInMinutes: 0, cohortSeconds: 20 })
  const pass = (seconds: number) => letPass({ database, openingId, seconds })
  // Two minutes of turns.
  await database.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby)
     SELECT $1, md5(n::text), true FROM generate_series(1, 1200) AS n`,
    [openingId],
  )
  await pass(3)
  await readOpening(openingId.toUpperCase())
  const { id: accountId } = await createAccount(pool)
  const phone = await addPhone({ accountId, outside })
  const asker = { openingId, accountId }
  expect(await enterOpening({ ...asker, epoch: 0, sessionId: null })).toMatchObject({
    value: { inLobby: false, cohort: 1 },
  })
  expect(await askToBeToldOfTurn(asker)).toEqual({ ok: true, value: null })
  expect(await planTurns()).toEqual({ planned: 0 })
  expect(await listReminders(openingId)).toMatchObject([{ dueInMs: null }])

  await pass(22)
  await database.query('SELECT freeze_opening($1)', [openingId])
  await database.query('SELECT draw_cohort($1, 1, NULL, NULL, NULL)', [openingId])
  // A snapshot from before the draw is a second old at most.
  await expect.poll(planTurns).toEqual({ planned: 1 })
  const [opening, entry] = [await readOwnOpening(openingId), await findEntry(asker)]
  const own = opening && entry && (await findOwnTurn({ opening, entry, hash }))
  const [row] = await database.query<{ comesAt: Date; lead: number }>(
    `SELECT comes_at AS "comesAt", extract(epoch FROM comes_at - due_at)::int AS lead
       FROM opening_reminders WHERE opening_id = $1`,
    [openingId],
  )
  expect(row).toEqual({ comesAt: new Date(own?.turnMs ?? 0), lead: 60 })

  await pass(60)
  await tellReminders()
  expect(await drainOutbox({ isCrowd: true })).toMatchObject({ sent: 1 })
  expect(outside.received.map(({ path }) => path)).toEqual([phone.path])
})
