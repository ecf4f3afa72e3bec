import { randomUUID } from 'node:crypto'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import type { GuestBooking } from '@/domain/booking/schema'
import { showPhone } from '@/lib/text/phone'
import { actorOf, setUpRestaurant } from './booking-restaurant'
import { createOtherStaff } from './floor-scene'
import { TIME_ZONE } from './time-zone'

type Wish = Partial<GuestBooking> & { key?: string | null; by?: string }

/** What follows an answer is of no matter to a test that asks only for the answer. */
export const noLater = () => {}

/** A restaurant whose staff book for callers: a table for two and one for four, two hours from now. */
export async function setUpPhone(...given: Parameters<typeof setUpRestaurant>) {
  const { scene, ownerId, dinerId, otherId } = await setUpRestaurant(...given)
  const { restaurantId, serviceDate, startsAt } = scene
  const staffId = await createOtherStaff(restaurantId)
  const call = ({ key = null, by = staffId, ...change }: Wish = {}) =>
    bookForGuest({
      restaurantId,
      actor: actorOf(by),
      key,
      later: noLater,
      request: {
        serviceDate,
        startsAt: startsAt.toISOString(),
        partySize: 2,
        guest: { name: '김단골', phone: '010-2345-6789' },
        source: 'PHONE',
        notify: false,
        ...change,
      },
    })
  /** The same, which must succeed. */
  const booked = async (wish: Wish = {}) => {
    const answer = await call(wish)
    if (!answer.ok) throw new Error(answer.reason)
    return answer.value
  }
  return {
    scene,
    restaurantId,
    serviceDate,
    startsAt,
    ownerId,
    staffId,
    dinerId,
    otherId,
    call,
    booked,
  }
}

/** A caller whom the restaurant does not know yet. */
export const newCaller = (change: object = {}) => ({
  name: '새손님',
  phone: `010${String(10_000_000 + Math.floor(Math.random() * 89_999_999))}`,
  ...change,
})

/** As staff of a restaurant in the tests' zone read the number. */
export const shownPhone = (phone: string) => showPhone({ phone, timeZone: TIME_ZONE })

/** An address nobody else has. */
export const newMailbox = () => `guest-${randomUUID()}@bobjool.test`
