import { describe, expect, test } from 'vitest'
import { applyTicketStatus, listStaffActs, projectStatus, splitWaiting } from './waiting.rules'
import type { Waiting, WaitingTicket } from './waiting.types'

const ticket = (number: number, status: WaitingTicket['status']): WaitingTicket => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  number,
  place: number,
  status,
  partySize: 2,
  dining: 'IN_STORE',
  channel: 'KIOSK',
  name: null,
  entry: null,
  phoneEnd: null,
  canBeTold: false,
  postponements: 0,
  quote: null,
  takenAt: '2026-01-01T10:00:00Z',
  calledAt: null,
  lapsesAt: null,
})

const waiting: Waiting = {
  restaurantId: '00000000-0000-4000-8000-0000000000aa',
  serviceDate: '2026-01-01',
  asOf: '2026-01-01T10:30:00Z',
  pollAfterMs: 1_000,
  state: 'OPEN',
  reason: null,
  longest: null,
  opensBeforeMinutes: 30,
  isInHours: true,
  opensAt: null,
  quote: null,
  record: null,
  tickets: [ticket(1, 'CALLED'), ticket(2, 'WAITING'), ticket(3, 'LAPSED')],
}

describe('the line as its staff run it', () => {
  test('G11: offers only the moves the table lists, the likeliest first', () => {
    expect(listStaffActs('WAITING')).toEqual(['CALL', 'SEAT', 'LAST_CALL', 'CANCEL'])
    expect(listStaffActs('CALLED')).toEqual(['SEAT', 'LAST_CALL', 'CANCEL'])
    expect(listStaffActs('LAST_CALLED')).toEqual(['SEAT', 'CANCEL'])
    expect(listStaffActs('LAPSED')).toEqual(['PUT_BACK'])
    expect(listStaffActs('SEATED')).toEqual([])
  })

  test('acts waiting to be sent count for the next button', () => {
    expect(projectStatus({ status: 'WAITING', acts: ['CALL', 'SEAT'] })).toBe('SEATED')
    expect(projectStatus({ status: 'SEATED', acts: ['CALL'] })).toBe('SEATED')
  })

  test('a party that is over leaves the list at once, a lapsed one moves below', () => {
    const [, second] = waiting.tickets
    const ticketId = second?.id ?? ''
    const seated = applyTicketStatus({ waiting, ticketId, status: 'SEATED' })
    expect(seated.tickets.map(({ number }) => number)).toEqual([1, 3])
    const called = applyTicketStatus({ waiting, ticketId, status: 'CALLED' })
    const { inLine, lapsed } = splitWaiting(called.tickets)
    expect(inLine.map(({ status }) => status)).toEqual(['CALLED', 'CALLED'])
    expect(lapsed.map(({ number }) => number)).toEqual([3])
  })
})
