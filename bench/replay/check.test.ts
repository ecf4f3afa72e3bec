import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Course, checkCourse, type FindingKind } from './check'
import type { Asked } from './history'
import { computeTurnMs } from './turn'

const drawnAt = '2026-12-04T01:00:03.000Z'
const drawnMs = Date.parse(drawnAt)
const entryIdOf = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 32)
const sealOf = (entry: Entry) => {
  const said = JSON.stringify({
    e: entry.entryId,
    l: entry.inLobby,
    n: entry.number,
    c: entry.cohort,
  })
  return `${Buffer.from(said).toString('base64url')}.seal`
}
type Entry = Course['truth']['entries'][number]

/** Three in the lobby, one latecomer; by their turns the first two get the two seats. */
function makeCourse() {
  const diners = ['kim', 'lee', 'park', 'late'].map((name) => ({
    accountId: name,
    email: `${name}@bobjool.test`,
  }))
  const entries: Entry[] = diners.map(({ accountId }, index) => ({
    accountId,
    entryId: entryIdOf(accountId),
    inLobby: index < 3,
    number: index < 3 ? null : 1,
    cohort: null,
  }))
  const lobby = entries.slice(0, 3).map(({ entryId }) => entryId)
  const opening = {
    orderBy: 'DRAW' as const,
    orderSeed: 'ab'.repeat(32),
    drawnAt,
    waiting: 3,
    rates: [{ fromAt: drawnAt, turnsPerSecond: 1 }],
    late: null,
    opensAt: '2026-12-04T01:00:00.000Z',
    entriesHash: createHash('sha256').update(lobby.toSorted().join('')).digest('hex'),
  }
  const turns = entries.map((place) => computeTurnMs({ drawn: opening, place }) ?? 0)
  const order = [0, 1, 2].sort((one, other) => Number(turns[one]) - Number(turns[other]))
  const [first = 0, second = 0, third = 0] = order
  const asked: Asked[] = entries.map((entry, diner) => entered({ entry, diner }))
  const book = (diner: number, id: string) => {
    const at = Number(turns[diner]) + 10
    asked.push(act({ diner, act: 'turn', status: 201, startMs: at }))
    asked.push(act({ diner, act: 'book', status: 201, startMs: at + 50, said: id, key: 'key' }))
    return {
      id,
      accountId: diners[diner]?.accountId ?? '',
      slotIds: [`slot of ${id}`],
      createdMs: at + 60,
    }
  }
  const reservations = [book(first, 'one'), book(second, 'two')]
  const logged = [first, second].map((diner) => ({
    entryId: entries[diner]?.entryId ?? '',
    givenMs: Number(turns[diner]) + 20,
  }))
  const course: Course = {
    diners,
    asked,
    truth: { opening, entries, cohorts: [], reservations, turns: logged, seats: 2 },
    mails: reservations.map(({ id, accountId }) => ({
      recipient: `${accountId}@bobjool.test`,
      messageId: `<${id}>`,
    })),
    endings: diners.map((_, diner) => ({
      ending: diner === first || diner === second ? 'booked' : 'sold-out',
      atMs: Number(turns[second]) + 5_000,
    })),
  }
  return { course, turns, first, second, third }
}
type Scene = ReturnType<typeof makeCourse>

function act(change: Partial<Asked> & Pick<Asked, 'diner' | 'act' | 'status'>): Asked {
  const startMs = change.startMs ?? drawnMs - 60_000
  return {
    key: '',
    isCut: false,
    reason: '',
    hasRetryAfter: false,
    said: '',
    dueMs: startMs,
    startMs,
    endMs: startMs + 20,
    ...change,
  }
}

function entered({ entry, diner }: { entry: Entry; diner: number }): Asked {
  return act({ diner, act: 'enter', status: 201, said: sealOf(entry) })
}

describe('the checker of an opening', () => {
  it('finds nothing where everything held', () => {
    expect(checkCourse(makeCourse().course)).toEqual([])
  })

  it('forgives what is no fault: shedding with Retry-After, hanging up, a reply lost by the client', () => {
    const { course, second } = makeCourse()
    course.asked.push(act({ diner: 0, act: 'enter', status: 503, hasRetryAfter: true }))
    course.asked.push(act({ diner: 0, act: 'enter', status: 429, hasRetryAfter: true }))
    course.asked.push(act({ diner: 0, act: 'enter', status: 0, isCut: true }))
    // The 201 never arrived, and a later request with another key gets "already booked".
    for (const one of course.asked.filter(({ diner, act }) => diner === second && act === 'book'))
      Object.assign(one, { status: 0, isCut: true, said: '' })
    // The mail went out twice with one Message-ID: the window that SMTP leaves open.
    const [mail] = course.mails
    if (mail) course.mails.push({ ...mail })
    expect(checkCourse(course)).toEqual([])
  })

  const planted: [what: string, kind: FindingKind, plant: (scene: Scene) => void][] = [
    [
      'a 500',
      'error',
      ({ course }) => course.asked.push(act({ diner: 0, act: 'enter', status: 500 })),
    ],
    [
      'a 502, though it says when to come back',
      'error',
      ({ course }) =>
        course.asked.push(act({ diner: 0, act: 'look', status: 502, hasRetryAfter: true })),
    ],
    [
      'a 503 that does not say when to come back',
      'error',
      ({ course }) => course.asked.push(act({ diner: 0, act: 'book', status: 503 })),
    ],
    [
      'an answer that never came',
      'error',
      ({ course }) => course.asked.push(act({ diner: 0, act: 'turn', status: 0 })),
    ],
    [
      'a diner who still waits',
      'no-ending',
      ({ course, third }) => void course.endings.splice(third, 1, null),
    ],
    [
      'a diner refused for no good reason',
      'no-ending',
      ({ course, third }) =>
        void course.endings.splice(third, 1, {
          ending: 'refused: 404 not-found',
          atMs: drawnMs + 60_000,
        }),
    ],
    [
      'one slot for two',
      'slot-twice',
      ({ course: { truth } }) => {
        const [one, two] = truth.reservations
        if (one && two) two.slotIds = one.slotIds
      },
    ],
    [
      'two tables for one',
      'diner-twice',
      ({ course: { truth } }) => {
        const [one] = truth.reservations
        if (one) truth.reservations.push({ ...one, id: 'three', slotIds: ['another'] })
      },
    ],
    [
      'a 201 without its row',
      'booked-without-row',
      ({ course: { truth } }) => void truth.reservations.pop(),
    ],
    [
      'a row that nobody heard of',
      'row-without-booked',
      ({ course, second }) => {
        course.asked = course.asked.filter(
          ({ diner, act }) => !(diner === second && act === 'book'),
        )
      },
    ],
    [
      'another answer to the same key',
      'two-answers',
      ({ course, first, second }) => {
        const theirs = course.asked.find(({ diner, act }) => diner === second && act === 'book')
        if (theirs) course.asked.push({ ...theirs, diner: first })
      },
    ],
    [
      'a turn given before it came',
      'turn-early',
      ({ course, turns, third }) =>
        course.asked.push(
          act({ diner: third, act: 'turn', status: 201, startMs: Number(turns[third]) - 500 }),
        ),
    ],
    [
      'a turn refused though it had come',
      'turn-refused',
      ({ course, turns, third }) =>
        course.asked.push(
          act({
            diner: third,
            act: 'turn',
            status: 403,
            reason: 'not-your-turn',
            startMs: Number(turns[third]) + 3_000,
          }),
        ),
    ],
    [
      'a turn put off to another instant than everybody computes',
      'turn-uneven',
      ({ course, turns, third }) =>
        course.asked.push(
          act({
            diner: third,
            act: 'turn',
            status: 403,
            reason: 'not-your-turn',
            said: new Date(Number(turns[third]) + 1).toISOString(),
          }),
        ),
    ],
    [
      'a booking before its turn',
      'booked-early',
      ({ course: { truth }, turns, first }) => {
        const [row] = truth.reservations
        if (row) row.createdMs = Number(turns[first]) - 1
      },
    ],
    [
      'a booking without a turn',
      'booked-without-turn',
      ({ course, first }) => {
        course.asked = course.asked.filter(({ diner, act }) => !(diner === first && act === 'turn'))
      },
    ],
    [
      'a turn that is not in the public log',
      'turn-unlogged',
      ({ course: { truth } }) => void truth.turns.pop(),
    ],
    [
      'a turn that the log has before it came',
      'logged-early',
      ({ course: { truth }, turns, first }) =>
        void truth.turns.splice(0, 1, {
          entryId: truth.entries[first]?.entryId ?? '',
          givenMs: Number(turns[first]) - 1,
        }),
    ],
    [
      'somebody told that all is gone while it was not',
      'sold-out-early',
      ({ course, third }) =>
        void course.endings.splice(third, 1, { ending: 'sold-out', atMs: drawnMs }),
    ],
    [
      'somebody late before the lobby',
      'late-in-front',
      ({ course: { truth } }) => {
        const late = truth.entries.at(-1)
        if (late) late.number = -2
      },
    ],
    [
      'two who came late at one place',
      'late-in-front',
      ({ course: { truth } }) =>
        void truth.entries.push({
          accountId: null,
          entryId: entryIdOf('x'),
          inLobby: false,
          number: 1,
          cohort: null,
        }),
    ],
    [
      'a receipt whose entry is not in the list',
      'place-lost',
      ({ course: { truth }, third }) => void truth.entries.splice(third, 1),
    ],
    [
      'an entry moved out of the lobby',
      'place-lost',
      ({ course: { truth }, third }) => {
        const entry = truth.entries[third]
        if (entry) entry.inLobby = false
      },
    ],
    [
      'another receipt after coming back',
      'place-changed',
      ({ course, third }) => {
        const entry = course.truth.entries[third]
        if (!entry) return
        const said = sealOf({ ...entry, entryId: entryIdOf('another') })
        course.asked.push(act({ diner: third, act: 'return', status: 200, said }))
      },
    ],
    [
      'an entry more than was published',
      'entries-hash',
      ({ course: { truth } }) =>
        void truth.entries.push({
          accountId: null,
          entryId: entryIdOf('x'),
          inLobby: true,
          number: null,
          cohort: null,
        }),
    ],
    [
      'a cohort of more than are in it',
      'entries-hash',
      ({ course: { truth } }) =>
        void truth.cohorts.push({
          ...{ cohort: 1, entryCount: 1, entriesHash: 'x', orderSeed: null, drawnAt: null },
        }),
    ],
    ['a mail that never came', 'notice-lost', ({ course }) => void course.mails.pop()],
    [
      'a second mail about one booking',
      'notice-doubled',
      ({ course }) => {
        const [mail] = course.mails
        if (mail) course.mails.push({ ...mail, messageId: '<another>' })
      },
    ],
    [
      'a mail about no booking',
      'notice-of-nothing',
      ({ course }) => void course.mails.push({ recipient: 'x@bobjool.test', messageId: '<x>' }),
    ],
    ['a seat left', 'unsold', ({ course: { truth } }) => void Object.assign(truth, { seats: 3 })],
  ]

  it.each(planted)('tells %s', (_, kind, plant) => {
    const scene = makeCourse()
    plant(scene)
    expect(checkCourse(scene.course).map((finding) => finding.kind)).toContain(kind)
  })
})
