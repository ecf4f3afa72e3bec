import { beforeAll, describe, expect, test } from 'vitest'
import { disputeNoShow } from '@/domain/booking/dispute.commands'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createStaff, readToday } from '@/prisma/factories'
import { actorOf } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { createPerson, type Person, setUpRestaurant, useApps } from '../support/http-scene'
import { leaveOutScripts } from '../support/leave-out-scripts'
import { miss } from '../support/no-show-scene'

const TEXT = '여섯 시에 창가에 앉았어요.'

const database = useDatabase()
const apps = useApps()

/** A restaurant with one disputed no-show. */
async function setUpDisputed() {
  const { restaurantId, owner, diner } = await setUpRestaurant()
  const [row] = await database.query<{ slug: string }>(
    'SELECT slug FROM restaurants WHERE id = $1',
    [restaurantId],
  )
  const serviceDate = addDays({ date: await readToday(pool, restaurantId), days: -1 })
  const reservationId = await miss({ dinerId: diner.id, restaurantId, serviceDate })
  const sent = await disputeNoShow({ reservationId, text: TEXT, actor: actorOf(diner.id) })
  if (!sent.ok) throw new Error(sent.reason)
  const floor = await createPerson()
  await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
  const admin = await createPerson({ role: 'ADMIN' })
  const other = await setUpRestaurant()
  return { slug: row?.slug ?? '', owner, diner, floor, admin, stranger: other.owner }
}
type Disputed = Awaited<ReturnType<typeof setUpDisputed>>

let scene: Disputed
beforeAll(async () => {
  await database.truncateAll()
  scene = await setUpDisputed()
})

async function readPage(person: Person | null) {
  const cookie = person && { cookie: `${sessionCookieName()}=${person.token}` }
  const answer = await fetch(`${apps.urlOf()}/owner/${scene.slug}/disputes`, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...cookie },
  })
  const whole = await answer.text()
  return {
    status: answer.status,
    to: answer.headers.get('location'),
    isListed: leaveOutScripts(whole).includes(TEXT),
    // Also in what its scripts are given.
    isTold: whole.includes('창가에 앉았어요'),
  }
}

describe('the page of a restaurant’s disputed no-shows', () => {
  test.each(['owner', 'floor', 'admin'] as const)('lists them for its %s', async (who) => {
    expect(await readPage(scene[who])).toMatchObject({ status: 200, isListed: true })
  })

  test.each(['stranger', 'diner'] as const)('is not there for a %s', async (who) => {
    expect(await readPage(scene[who])).toMatchObject({ status: 404, isTold: false })
  })

  test('asks who is signed out to sign in', async () => {
    const { status, to, isTold } = await readPage(null)
    expect({ status, isTold }).toEqual({ status: 307, isTold: false })
    expect(to).toContain('/sign-in')
  })
})
