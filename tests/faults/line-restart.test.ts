import { expect, test } from 'vitest'
import { lineSnapshot } from '@/domain/line/schema'
import { askApi, expectProblem, readJson } from '../support/api-client'
import { startLoneApp } from '../support/app-server'
import { useDatabase } from '../support/database'
import { createPerson, signTokenFor } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { findLineContradictions, setUpLine, takeAs } from '../support/line-scene'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()

const startOne = () =>
  startLoneApp({ databaseUrl: database.databaseUrl, gateway, smtpUrl: inbox.smtpUrl })

/** Ten minutes pass for every row: rows are moved, never the clock. */
const passTenMinutes = () =>
  database.query(
    `WITH ticket AS (
       UPDATE tickets SET taken_at = taken_at - interval '10 minutes', called_at = called_at - interval '10 minutes',
              first_called_at = first_called_at - interval '10 minutes', lapses_at = lapses_at - interval '10 minutes'),
     event AS (UPDATE audit_events SET at = at - interval '10 minutes')
     UPDATE notices SET due_at = due_at - interval '10 minutes'`,
  )

const readTold = () =>
  database.query(
    `SELECT kind, state::text, dropped_because AS because FROM notices
      WHERE kind IN ('TICKET_LAST_CALLED', 'TICKET_LAPSED') ORDER BY ordinal`,
  )

test('G12: nothing runs at a last call’s deadline: the restarted process reports that ticket as lapsed, and no other', async () => {
  const scene = await setUpLine()
  const owner = await signTokenFor({ id: scene.ownerId, email: 'owner@bobjool.test' })
  const [called, next] = [await createPerson(), await createPerson()]
  for (const { id } of [called, next]) await takeAs(id, scene)
  const [ticket] = await database.query<{ id: string }>('SELECT id FROM tickets WHERE number = 1')
  const act = (url: string, name: string) =>
    askApi({
      url,
      method: 'POST',
      path: `/api/v1/tickets/${ticket?.id}/${name}`,
      token: owner,
      body: {},
    })

  const before = await startOne()
  expect(readJson(await act(before.url, 'last-call'))).toMatchObject({ status: 'LAST_CALLED' })
  await before.kill()
  await passTenMinutes()

  const after = await startOne()
  const { url } = after
  try {
    // The first answers of the new process, all at once: the party's own page, the line, the staff.
    const [own, line, seat, cancel] = await Promise.all([
      askApi({ url, path: `/api/v1/tickets/${ticket?.id}`, token: called.token }),
      askApi({ url, path: `/api/v1/restaurants/${scene.restaurantId}/line` }),
      act(url, 'seat'),
      act(url, 'cancel'),
    ])
    expect(readJson(own)).toMatchObject({ status: 'LAPSED', place: null })
    const shown = lineSnapshot.parse(readJson(line))
    expect(shown.tickets).toEqual([{ number: 2, partySize: 2, status: 'WAITING' }])
    for (const answer of [seat, cancel])
      expect(expectProblem(answer, { status: 409, reason: 'cannot-move' })).toMatchObject({
        present: 'LAPSED',
      })
    // It sends the notice of the lapse, and no call that the party could no longer follow.
    const headers = { authorization: `Bearer ${String(process.env.CRON_SECRET)}` }
    expect(await askApi({ url, path: '/api/cron/sweep', headers })).toMatchObject({ status: 200 })
    await expect.poll(readTold).toEqual([
      { kind: 'TICKET_LAST_CALLED', state: 'DROPPED', because: 'lapsed' },
      { kind: 'TICKET_LAPSED', state: 'SENT', because: null },
    ])
  } finally {
    await after.stop()
  }
  expect(await findLineContradictions()).toEqual([])
})
