import { describe, expect, it } from 'vitest'
import { type AskedOfLine, checkLine, type LineCourse, type LineFindingKind } from './check'

const minute = 60_000
type Ticket = LineCourse['truth']['tickets'][number]
type Act = LineCourse['truth']['acts'][number]

const act = (ticketId: string, change: Partial<Act>): Act => ({
  ticketId,
  act: 'TAKE',
  from: null,
  to: 'WAITING',
  atMs: 0,
  behindNumber: null,
  ...change,
})

/** Three join; the first lets the second pass, the second is called, lapses and comes back. */
function makeCourse(): LineCourse {
  const names = ['kim', 'lee', 'park']
  const tickets = names.map(
    (accountId, index): Ticket => ({
      id: `of ${accountId}`,
      number: index + 1,
      accountId,
      status: 'WAITING',
      takenAtMs: 1_000 + index,
      endedAtMs: null,
      lapsesAtMs: null,
    }),
  )
  const [kim, lee, park] = tickets
  if (!kim || !lee || !park) throw new Error('expected three')
  const asked = tickets.map(
    ({ id, number, takenAtMs }, index): AskedOfLine => ({
      accountId: names[index] ?? '',
      act: 'join',
      key: 'k',
      ticketId: id,
      number,
      startMs: takenAtMs - 0.4,
      endMs: takenAtMs + 0.4,
      status: 201,
      reason: '',
      hasRetryAfter: false,
    }),
  )
  const acts: Act[] = [
    ...tickets.map(({ id, takenAtMs }) => act(id, { atMs: takenAtMs })),
    act(kim.id, {
      act: 'POSTPONE',
      from: 'WAITING',
      to: 'POSTPONED',
      atMs: 2_000,
      behindNumber: 2,
    }),
    act(lee.id, { act: 'CALL', from: 'WAITING', to: 'CALLED', atMs: 3_000 }),
    act(lee.id, { act: 'UNDO', from: 'CALLED', to: 'WAITING', atMs: 4_000 }),
    act(lee.id, { act: 'LAST_CALL', from: 'WAITING', to: 'LAST_CALLED', atMs: 5_000 }),
    act(lee.id, { act: 'LAPSE', from: 'LAST_CALLED', to: 'LAPSED', atMs: 5_000 + 10 * minute }),
    act(lee.id, { act: 'PUT_BACK', from: 'LAPSED', to: 'WAITING', atMs: 6_000 + 10 * minute }),
    act(park.id, {
      act: 'LAST_CALL',
      from: 'WAITING',
      to: 'LAST_CALLED',
      atMs: 7_000 + 10 * minute,
    }),
    act(park.id, { act: 'SEAT', from: 'LAST_CALLED', to: 'SEATED', atMs: 8_000 + 10 * minute }),
  ]
  Object.assign(kim, { status: 'POSTPONED' })
  Object.assign(park, {
    status: 'SEATED',
    endedAtMs: 8_000 + 10 * minute,
    lapsesAtMs: 7_000 + 20 * minute,
  })
  // Lee comes back behind Kim, the first waiting party.
  return { asked, truth: { lastNumber: 3, tickets: [kim, lee, park], acts } }
}

describe('the checker of a line', () => {
  it('finds nothing where everything held', () => {
    expect(checkLine(makeCourse())).toEqual([])
  })

  it('forgives shedding with Retry-After, a lost reply, and the same ticket again', () => {
    const course = makeCourse()
    const [kim, lee] = course.asked
    if (!kim || !lee) throw new Error('expected two')
    course.asked.push({ ...kim, startMs: 9_000, endMs: 9_001, status: 200 })
    Object.assign(lee, { status: 503, hasRetryAfter: true, ticketId: '', number: 0 })
    expect(checkLine(course)).toEqual([])
  })

  const planted: [what: string, kind: LineFindingKind, plant: (course: LineCourse) => void][] = [
    ['a 500', 'error', ({ asked }) => void asked.push({ ...make(asked), status: 500 })],
    [
      'a 503 without Retry-After',
      'error',
      ({ asked }) => void asked.push({ ...make(asked), status: 503 }),
    ],
    ['no answer', 'error', ({ asked }) => void asked.push({ ...make(asked), status: 0 })],
    [
      'a number left out',
      'number-gap',
      ({ truth }) => void Object.assign(truth, { lastNumber: 4 }),
    ],
    [
      'a number twice',
      'number-twice',
      ({ truth: { tickets } }) => void Object.assign(at(tickets, 1), { number: 1 }),
    ],
    [
      'numbers against the clock',
      'number-order',
      ({ truth: { tickets } }) => void Object.assign(at(tickets, 0), { takenAtMs: 5_000 }),
    ],
    [
      'a higher number for whoever was answered before',
      'number-order',
      ({ asked }) => void Object.assign(at(asked, 2), { startMs: 1, endMs: 2 }),
    ],
    [
      'a 201 without its row',
      'joined-without-row',
      ({ asked }) => void Object.assign(at(asked, 0), { ticketId: 'of nobody' }),
    ],
    [
      'another number than was told',
      'joined-without-row',
      ({ asked }) => void Object.assign(at(asked, 0), { number: 9 }),
    ],
    ['a row that nobody heard of', 'row-without-joined', ({ asked }) => void asked.shift()],
    [
      'two tickets for one',
      'two-tickets',
      ({ asked, truth: { tickets } }) => {
        Object.assign(at(tickets, 1), { accountId: 'kim' })
        Object.assign(at(asked, 1), { accountId: 'kim' })
      },
    ],
    ['a place that nobody was given', 'order', ({ truth: { tickets } }) => void tickets.reverse()],
    [
      'a third postponement',
      'order',
      ({ truth: { acts } }) => {
        const again = { ...at(acts, 3), from: 'POSTPONED' as const }
        acts.splice(4, 0, { ...again, behindNumber: 3 }, { ...again, behindNumber: 3 })
      },
    ],
    [
      'a status that no act led to',
      'status',
      ({ truth: { tickets } }) => void Object.assign(at(tickets, 0), { status: 'CALLED' }),
    ],
    [
      'a ticket called when it was seated',
      'unlisted-move',
      ({ truth: { acts } }) => {
        acts.push(act('of park', { act: 'CALL', from: 'SEATED', to: 'CALLED', atMs: 9e9 }))
      },
    ],
    [
      'an act that believed something else',
      'unlisted-move',
      ({ truth: { acts } }) => void Object.assign(at(acts, 4), { from: 'POSTPONED' }),
    ],
    [
      'a party lapsed too early',
      'lapsed-early',
      ({ truth: { tickets } }) => {
        Object.assign(at(tickets, 2), { status: 'LAPSED', lapsesAtMs: 9e9 })
      },
    ],
    [
      'a party seated after its deadline',
      'lapsed-late',
      ({ truth: { tickets } }) => {
        Object.assign(at(tickets, 2), { lapsesAtMs: 7_000 })
      },
    ],
  ]
  it.each(planted)('finds %s', (_, kind, plant) => {
    const course = makeCourse()
    plant(course)
    expect(checkLine(course).map((finding) => finding.kind)).toContain(kind)
  })
})

function at<T>(list: T[], index: number): T {
  const one = list[index]
  if (one === undefined) throw new Error(`nothing at ${index}`)
  return one
}
const make = (asked: AskedOfLine[]) => ({ ...at(asked, 0), act: 'look' as const })
