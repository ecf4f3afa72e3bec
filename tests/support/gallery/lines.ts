import { forgetContact } from '@/domain/line/forget.commands'
import { connectKiosk } from '@/domain/line/kiosk.commands'
import { takeTicket } from '@/domain/line/take.commands'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { createStaff } from '@/prisma/factories'
import { takeAtDoor as takeRemembered } from '../door-scene'
import type { Person } from '../http-scene'
import { actAs, fillLine, runOutLastCall, seatAs, setUpLine, takeAs } from '../line-scene'
import { holdSession } from '../session-scene'

export interface LineScene {
  restaurantId: string
  slug: string
  /** The diner's own ticket, with others behind it. */
  ownId: string
  /** The token of the tablet at its door. */
  kioskToken: string
  /** The links of tickets without an account, by their state. */
  tokens: Record<
    'called' | 'lastCalled' | 'lapsed' | 'cancelled' | 'forgetting' | 'forgotten' | 'remembered',
    string
  >
}

/** Takes a ticket at the door; returns its id. */
export async function takeAtDoor({
  restaurantId,
  ownerId,
}: {
  restaurantId: string
  ownerId: string
}) {
  const taken = await takeTicket({
    restaurantId,
    taker: { by: 'account', accountId: ownerId, epoch: 0, sessionId: null },
    key: crypto.randomUUID(),
    request: { partySize: 3, dining: 'IN_STORE', channel: 'KIOSK' },
    address: null,
    locale: 'ko',
  })
  if (!taken.ok) throw new Error(taken.reason)
  return taken.value.ticket.id
}

/** Beside the evening's reservations: three tickets from the door, the first of them called. */
async function openEveningLine(): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM restaurants WHERE slug = 'evening'`,
  )
  const scene = await setUpLine({ restaurantId: rows[0]?.id ?? '' })
  const [first = ''] = [await takeAtDoor(scene), await takeAtDoor(scene), await takeAtDoor(scene)]
  await actAs(scene.ownerId, 'CALL', first)
}

/** A line at its busiest: parties in every state, one of the scene's diners among them. */
export async function setUpLines({
  diner,
  owner,
}: {
  diner: Person
  owner: Person
}): Promise<LineScene> {
  const slug = 'queue'
  const scene = await setUpLine({ slug, name: '줄 서는 국숫집', nameEn: 'The Queue Noodle House' })
  const { restaurantId, ownerId } = scene
  await createStaff(pool, { restaurantId, accountId: owner.id })
  const doors: string[] = []
  while (doors.length < 7) doors.push(await takeAtDoor(scene))
  const [seated = '', cancelled = '', lapsed = '', called = '', lastCalled = ''] = doors
  const [forgetting = '', forgotten = ''] = doors.slice(5)
  await pool.query(
    `UPDATE tickets SET contact_phone = '+82100000000' || number WHERE id = ANY ($1)`,
    [[forgetting, forgotten]],
  )
  await forgetContact({ ticketId: forgotten, asker: { accountId: null, address: null } })
  await fillLine(scene, 3)
  const own = await takeAs(diner.id, scene, { partySize: 4 })
  if (!own.ok) throw new Error(own.reason)
  await fillLine(scene, 8)
  await seatAs(ownerId, seated)
  await actAs(ownerId, 'CANCEL', cancelled, { reason: '오늘 준비한 면이 다 떨어졌어요.' })
  await actAs(ownerId, 'LAST_CALL', lapsed)
  await runOutLastCall(lapsed)
  await actAs(ownerId, 'CALL', called)
  await actAs(ownerId, 'LAST_CALL', lastCalled)
  const paused = await setUpLine({ slug: 'paused', name: '잠시 쉬는 우동집', state: 'PAUSED' })
  await pool.query('UPDATE line_settings SET reason = $2 WHERE restaurant_id = $1', [
    paused.restaurantId,
    '반죽을 다시 하고 있어요. 30분 뒤에 열게요.',
  ])
  await openEveningLine()
  const kiosk = await connectKiosk({
    restaurantId,
    actor: { accountId: ownerId, address: null },
    sessionId: (await holdSession(ownerId)).sessionId,
    name: '1층 입구',
  })
  if (!kiosk.ok) throw new Error(kiosk.reason)
  const { token } = kiosk.value
  const contact = { phone: '010-2345-6789' }
  const remembered = await takeRemembered({ restaurantId, token }, contact, '김하늘')
  const tokenOf = (id: string) => signLink({ kind: 'ticket', id })
  return {
    restaurantId,
    slug,
    kioskToken: token,
    ownId: own.value.ticket.id,
    tokens: {
      called: tokenOf(called),
      lastCalled: tokenOf(lastCalled),
      lapsed: tokenOf(lapsed),
      cancelled: tokenOf(cancelled),
      forgetting: tokenOf(forgetting),
      forgotten: tokenOf(forgotten),
      remembered: tokenOf(remembered.id),
    },
  }
}
