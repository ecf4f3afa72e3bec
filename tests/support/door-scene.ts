import { randomUUID } from 'node:crypto'
import { connectKiosk } from '@/domain/line/kiosk.commands'
import { takeTicket } from '@/domain/line/take.commands'
import { type LineScene, setUpLine } from './line-scene'
import { holdSession } from './session-scene'

/** An open line with a tablet at its door. */
export async function setUpDoor(given?: Parameters<typeof setUpLine>[0]) {
  const scene = await setUpLine(given)
  return { ...scene, ...(await connectTablet(scene)) }
}

/** A tablet at the door of the restaurant, with its token. */
export async function connectTablet(scene: LineScene) {
  const { sessionId } = await holdSession(scene.ownerId)
  const actor = { accountId: scene.ownerId, address: null }
  const connected = await connectKiosk({ ...scene, actor, sessionId, name: '입구' })
  if (!connected.ok) throw new Error(connected.reason)
  return connected.value
}

/** A ticket of a guest without an account, who may leave a number or an address. */
export async function takeAtDoor(
  { restaurantId, token }: { restaurantId: string; token: string },
  contact?: { email?: string; phone?: string },
  /** The name under which the guest agrees to be remembered. */
  name?: string,
) {
  const taken = await takeTicket({
    restaurantId,
    taker: { by: 'kiosk', token },
    key: randomUUID(),
    request: {
      partySize: 2,
      dining: 'IN_STORE',
      channel: 'KIOSK',
      contact: contact && { phone: contact.phone, email: contact.email, ...(name && { name }) },
      ...(name && { remember: true }),
    },
    address: null,
    locale: 'ko',
  })
  if (!taken.ok) throw new Error(taken.reason)
  return taken.value.ticket
}
