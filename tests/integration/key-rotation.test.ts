import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { claimsOf } from '@/domain/identity/rules'
import { hashDeviceToken, makeDeviceToken } from '@/lib/crypto/device-token'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { askApi, expectProblem, readJson } from '../support/api-client'
import { createPerson, type Person, setUpRestaurant, useApps } from '../support/http-scene'
import { asProcessWith } from '../support/other-process'
import { createHolder } from '../support/session-scene'

const readiness = z.object({ keys: z.array(z.object({ sessionsUntil: z.string().nullable() })) })

const OLD = String(process.env.AUTH_SECRET)
const NEW = 'Tz5qWk8vXn2rYd6mHb1sJc9gPf4uLe7aOiKxVwZtBy3'

/** Processes in the order of a rotation: two neighbours run side by side while one replaces the other. */
const deployments = {
  old: useApps({ env: { AUTH_SECRET: OLD } }),
  'old,new': useApps({ env: { AUTH_SECRET: `${OLD},${NEW}` } }),
  'new,old': useApps({ env: { AUTH_SECRET: `${NEW},${OLD}` } }),
  new: useApps({ env: { AUTH_SECRET: NEW } }),
}
type Deployment = keyof typeof deployments
const secretsOf: Record<Deployment, string> = {
  old: OLD,
  'old,new': `${OLD},${NEW}`,
  'new,old': `${NEW},${OLD}`,
  new: NEW,
}

let diner: Person
let reservationId: string
beforeAll(async () => {
  diner = await createPerson()
  reservationId = (await createReservation(pool, { dinerId: diner.id })).id
})

/** What a process with this list signs: a session, and a link that cancels. */
const signAs = (deployment: Deployment) =>
  asProcessWith({ AUTH_SECRET: secretsOf[deployment] }, async (process) => ({
    session: await process.signSession({
      accountId: diner.id,
      email: diner.email,
      name: '손님',
      role: 'DINER',
      locale: 'ko',
      epoch: 0,
      awaitsApproval: false,
      sessionId: null,
      endsAt: Math.floor(Date.now() / 1000) + 3_600,
    }),
    link: process.signMailboxLink({ kind: 'cancel', id: reservationId, mailbox: diner.email }),
  }))

/** What a running process makes of both. */
async function judge(deployment: Deployment, { session, link }: { session: string; link: string }) {
  const url = deployments[deployment].urlOf()
  const own = await askApi({ url, path: `/api/v1/reservations/${reservationId}`, token: session })
  const page = await askApi({ url, path: `/cancel/${link}` })
  return { session: own.status, opensLink: page.text.includes('이 예약을 취소할까요?') }
}

const accepted = { session: 200, opensLink: true }

describe('a rotation of AUTH_SECRET, one deployment beside the next', () => {
  test.each<[Deployment, Deployment]>([
    ['old', 'old,new'],
    ['old,new', 'new,old'],
    ['new,old', 'new'],
  ])('from "%s" to "%s" both accept what either signs', async (before, after) => {
    for (const signer of [before, after]) {
      const signed = await signAs(signer)
      for (const reader of [before, after])
        expect({ signer, reader, ...(await judge(reader, signed)) }).toEqual({
          signer,
          reader,
          ...accepted,
        })
    }
  })

  test('without its first step an old process refuses what a new one signs: the control', async () => {
    const signed = await signAs('new,old')
    expect(await judge('old', signed)).toEqual({ session: 401, opensLink: false })
  })

  test('ends at a process that is not ready while a reservation may have a link of the old key', async () => {
    // A mail of the old key went out within the hour.
    await pool.query(`UPDATE auth_keys SET last_signed_at = now()`)
    const ready = (deployment: Deployment) =>
      askApi({ url: deployments[deployment].urlOf(), path: '/api/health/ready' })
    const kept = await ready('new,old')
    expect(kept.status).toBe(200)
    expect(readJson(kept)).toMatchObject({
      keys: [{ id: expect.any(String) }, { neededUntil: expect.any(String) }],
    })
    const refused = await ready('new')
    expectProblem(refused, { status: 503, reason: 'key-in-use' })
    await pool.query(`UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER'`)
    expect((await ready('new')).status).toBe(200)
  })

  test('says until when sessions need the old key, and ends for nobody once none does', async () => {
    const { account } = await createHolder()
    const claims = claimsOf(account)
    const browser = { browser: 'CHROME', system: 'MAC' } as const
    const open = (deployment: Deployment) =>
      asProcessWith(
        { AUTH_SECRET: secretsOf[deployment] },
        async ({ openSession, signSession }) => {
          const opened = await openSession({ claims, proof: 'PASSWORD', ...browser })
          if (!opened.ok) throw new Error(opened.reason)
          return { ...opened.value, token: await signSession(opened.value) }
        },
      )
    const readKeys = async (deployment: Deployment) => {
      const path = '/api/health/ready'
      const ready = await askApi({ url: deployments[deployment].urlOf(), path })
      return readiness.parse(readJson(ready)).keys.map(({ sessionsUntil }) => sessionsUntil)
    }
    await pool.query('DELETE FROM sessions')
    const early = await open('old,new')
    expect(await readKeys('old,new')).toEqual([expect.any(String), null])
    expect(await readKeys('new,old')).toEqual([null, expect.any(String)])
    const isIn = async ({ token }: { token: string }) => {
      const url = deployments.new.urlOf()
      return (await askApi({ url, path: '/api/v1/reservations', token })).status === 200
    }
    expect(await isIn(early), 'control: dropped now, it signs them out').toBe(false)
    // Its browser comes again, and gets a token of the new key.
    const prolonged = await asProcessWith(
      { AUTH_SECRET: secretsOf['new,old'] },
      async ({ prolongSession, signSession }) => {
        const renewed = await prolongSession({ claims, sessionId: early.sessionId })
        if (!renewed.ok) throw new Error(renewed.reason)
        return { token: await signSession(renewed.value) }
      },
    )
    expect(await readKeys('new,old')).toEqual([expect.any(String), null])
    expect(await isIn(prolonged)).toBe(true)
    await pool.query(
      `UPDATE sessions SET created_at = now() - interval '90 days', expires_at = now() - interval '1 ms'`,
    )
    expect(await readKeys('new,old')).toEqual([null, null])
  })

  test('leaves tablets connected, whose token no key of ours has signed', async () => {
    const { restaurantId } = await setUpRestaurant()
    const token = makeDeviceToken()
    await pool.query(
      `INSERT INTO kiosks (restaurant_id, name, token_hash) VALUES ($1, 'door', $2)`,
      [restaurantId, hashDeviceToken(token)],
    )
    for (const { urlOf } of Object.values(deployments)) {
      const headers = { 'kiosk-token': token }
      expect((await askApi({ url: urlOf(), path: '/api/v1/kiosk', headers })).status).toBe(200)
    }
  })
})
