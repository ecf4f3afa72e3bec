import type { Course } from './check'
import type { Phone } from './crowd'
import type { Act } from './history'

export type ActCounts = Record<Act, number>

/** How often the worst of those who behave and were not disturbed asked a process, by kind. */
export function countMostOfCalm({
  course,
  phones,
}: {
  course: Pick<Course, 'asked'>
  phones: Phone[]
}): ActCounts {
  const counts = new Map<number, ActCounts>()
  for (const { diner, act, status, reason } of course.asked) {
    if (phones[diner]?.manner !== 'calm') continue
    // What was put off is asked again on request, and a table that just went makes one choose anew.
    const isPutOff = status === 503 || status === 429 || (act === 'book' && reason === 'sold-out')
    if (isPutOff) continue
    const own = counts.get(diner) ?? { ...NONE }
    own[act] += 1
    counts.set(diner, own)
  }
  const most = { ...NONE }
  for (const own of counts.values()) {
    for (const act of ACTS) most[act] = Math.max(most[act], own[act])
  }
  return most
}

const ACTS: Act[] = ['enter', 'return', 'turn', 'book', 'look']
const NONE: ActCounts = { enter: 0, return: 0, turn: 0, book: 0, look: 0 }
