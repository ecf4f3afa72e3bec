import { queueDaySheets } from '@/domain/booking/day-sheet.commands'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { sweepLines } from '@/domain/line/commands'
import { pool } from '@/lib/db/database'
import { createReservation, createRestaurant, createSlot, readToday } from '@/prisma/factories'
import { beginReservation, book, move, setUpRestaurant } from './booking-restaurant'
import { runOutHolds } from './booking-scene'
import { change, setUpPlan, toCell } from './change-scene'
import type { Person } from './http-scene'
import {
  actAs,
  fillLine,
  joinLine,
  postponeOwn,
  runOutLastCall,
  setUpLine,
  takeAs,
} from './line-scene'

/** Sends everything due, including what staff could still undo. */
type Send = () => Promise<void>

type Told = { subject: { ko: string; en: string }; isForOwner?: boolean }

/** What a person or time does, and the subjects of the mails that report it, one after another. */
export type MailAct = {
  title: string
  told: Told[]
  run: (who: Person, send: Send) => Promise<void>
}

const names = { name: '금요식당', nameEn: 'Friday Table' }
const restaurantFor = (given = {}) => setUpRestaurant(undefined, { ...names, ...given })
const lineFor = () => setUpLine(names)

async function joinAs(who: Person, line: Awaited<ReturnType<typeof setUpLine>>): Promise<string> {
  const taken = await takeAs(who.id, line)
  if (!taken.ok) throw new Error(taken.reason)
  return taken.value.ticket.id
}

/** A zone where it is some minutes past nine in the morning. */
function zoneOfMorning(): string {
  const hours = (9 - new Date().getUTCHours() + 24) % 24
  const east = hours > 12 ? hours - 24 : hours
  return `Etc/GMT${east >= 0 ? '-' : '+'}${Math.abs(east)}`
}

const taken = { subject: { ko: '1번 대기표를 받았어요', en: 'You have ticket 1' } }

export const mailActs: MailAct[] = [
  {
    title: 'a booking, and its reminders',
    told: [
      { subject: { ko: '예약이 확정됐어요', en: 'You’re booked' } },
      { subject: { ko: '내일 예약이 있어요', en: 'See you tomorrow' } },
      { subject: { ko: '곧 예약 시간이에요', en: 'Soon' } },
    ],
    run: async (who, send) => {
      const { id: restaurantId } = await createRestaurant(pool, { ...names, dayCutMinutes: 0 })
      const startsAt = new Date(Date.now() + 60 * 60 * 60_000)
      const { rows } = await pool.query<{ date: string }>(
        `SELECT ($1::timestamptz AT TIME ZONE time_zone)::date::text AS date FROM restaurants WHERE id = $2`,
        [startsAt, restaurantId],
      )
      const serviceDate = rows[0]?.date ?? ''
      const slot = await createSlot(pool, { restaurantId, startsAt, serviceDate })
      await book(who.id, { restaurantId, serviceDate, startsAt, slotIds: [slot.id] })
      // Its reminders are made as the booking's own notice is claimed.
      await send()
      await send()
    },
  },
  {
    title: 'a hold, and its end',
    told: [
      { subject: { ko: '까지 확정해 주세요', en: 'Please confirm by' } },
      { subject: { ko: '확정 시간이 지났어요', en: 'The time to confirm is over' } },
    ],
    run: async (who, send) => {
      const { scene } = await restaurantFor({ confirmWithinMinutes: 10 })
      await book(who.id, scene)
      await send()
      await runOutHolds()
      await sweepReservations()
      await send()
    },
  },
  {
    title: 'a change by the restaurant',
    told: [
      {
        subject: {
          ko: '식당이 예약 시간을 바꿨어요',
          en: 'The restaurant changed the time of your booking',
        },
      },
    ],
    run: async (who, send) => {
      const { ownerId, bookCell, cellAt } = await setUpPlan(names)
      const id = await bookCell(cellAt(0, 1, 0), who.id)
      await change(id, toCell(cellAt(0, 2, 1)), ownerId)
      await send()
    },
  },
  {
    title: 'a cancellation by the diner',
    told: [{ subject: { ko: '예약을 취소했어요', en: 'You cancelled your booking' } }],
    run: async (who, send) => {
      const { scene } = await restaurantFor()
      const { id } = await book(who.id, scene)
      await move(id, 'CANCEL', who.id, 'diner')
      await send()
    },
  },
  {
    title: 'a cancellation by the restaurant',
    told: [
      { subject: { ko: '식당이 예약을 취소했어요', en: 'The restaurant cancelled your booking' } },
    ],
    run: async (who, send) => {
      const { scene, ownerId } = await restaurantFor()
      const { id } = await book(who.id, scene)
      await move(id, 'CANCEL', ownerId)
      await send()
    },
  },
  {
    title: 'a party that did not come',
    told: [
      { subject: { ko: '예약이 확정됐어요', en: 'You’re booked' } },
      { subject: { ko: '오시지 않은 예약으로 표시됐어요', en: 'Marked as a no-show' } },
    ],
    run: async (who, send) => {
      const { scene, ownerId } = await restaurantFor()
      const { id } = await book(who.id, scene)
      await send()
      await beginReservation(id)
      await move(id, 'NO_SHOW', ownerId)
      await send()
    },
  },
  {
    title: 'the morning of a restaurant',
    told: [{ subject: { ko: '오늘 예약 1건, 2명', en: 'Today: 1' }, isForOwner: true }],
    run: async (who, send) => {
      const { id } = await createRestaurant(pool, {
        ...names,
        timeZone: zoneOfMorning(),
        ownerId: who.id,
      })
      const slot = await createSlot(pool, { restaurantId: id })
      await createReservation(pool, { slotId: slot.id })
      if (!(await readToday(pool, id))) throw new Error('expected a day')
      await queueDaySheets()
      await send()
    },
  },
  {
    title: 'a ticket that moves up, lets others pass, is called twice and lapses',
    told: [
      { subject: { ko: '4번 대기표를 받았어요', en: 'You have ticket 4' } },
      { subject: { ko: '앞에 두 팀이 있어요', en: 'two parties are ahead' } },
      { subject: { ko: '순서를 미뤘어요', en: 'You let others go ahead' } },
      { subject: { ko: '지금 들어오세요', en: 'Please come in' } },
      { subject: { ko: '까지 와 주세요', en: 'Please come by' } },
      { subject: { ko: '순서가 지나갔어요', en: 'Your turn has passed' } },
    ],
    run: async (who, send) => {
      const line = await lineFor()
      const [first] = await fillLine(line, 3)
      const id = await joinAs(who, line)
      const behind = await joinLine(line)
      await send()
      await actAs(line.ownerId, 'CANCEL', String(first?.id))
      await send()
      await postponeOwn({ id, dinerId: who.id }, behind.number)
      await send()
      await actAs(line.ownerId, 'CALL', id)
      await send()
      await actAs(line.ownerId, 'LAST_CALL', id)
      await send()
      await runOutLastCall(id)
      await sweepLines()
      await send()
    },
  },
  {
    title: 'a ticket that its party gives back',
    told: [taken, { subject: { ko: '대기를 취소했어요', en: 'You left the line' } }],
    run: async (who, send) => {
      const line = await lineFor()
      const id = await joinAs(who, line)
      await send()
      await actAs(who.id, 'CANCEL', id, { scope: 'diner' })
      await send()
    },
  },
  {
    title: 'a ticket that the restaurant cancels',
    told: [
      taken,
      { subject: { ko: '식당이 대기를 취소했어요', en: 'The restaurant cancelled your ticket' } },
    ],
    run: async (who, send) => {
      const line = await lineFor()
      const id = await joinAs(who, line)
      await send()
      await actAs(line.ownerId, 'CANCEL', id, { reason: '재료가 다 떨어졌어요' })
      await send()
    },
  },
]
