/** Counted in slots of this length, so that what is kept does not grow with the crowd. */
const SLOT_MS = 250
const MOST_SLOTS = 64
/** For how long a refused phone is taken to be still waiting: most come back within that. */
const REFUSED_FOR_MS = 3_000
/** Over how long the rate is measured, at most. */
const MEASURED_MS = 5_000
/** A shorter time says too little of a rate. */
const LEAST_MEASURED_MS = 1_000

/** How many in each slot, in order. */
type Slots = Map<number, number>

// The door stands in front of the framework, whose routes have modules of their own.
const held = globalThis as typeof globalThis & {
  bobjoolEntryLoad?: { inFlight: number; taken: Slots; refused: Slots }
}
held.bobjoolEntryLoad ??= { inFlight: 0, taken: new Map(), refused: new Map() }
const load = held.bobjoolEntryLoad

function note(slots: Slots, nowMs: number): void {
  const slot = Math.floor(nowMs / SLOT_MS)
  slots.set(slot, (slots.get(slot) ?? 0) + 1)
  const [oldest] = slots.keys()
  if (slots.size > MOST_SLOTS && oldest !== undefined) slots.delete(oldest)
}

/** How many since then, and when the first of them was. */
function countSince(slots: Slots, sinceMs: number): { count: number; firstMs: number | null } {
  const recent = [...slots].filter(([slot]) => slot * SLOT_MS >= sinceMs)
  const [first] = recent
  return {
    count: recent.reduce((sum, [, count]) => sum + count, 0),
    firstMs: first ? first[0] * SLOT_MS : null,
  }
}

/** An entry was refused because too much is going on: its phone comes again. */
export const noteRefusedEntry = (nowMs = performance.now()): void => note(load.refused, nowMs)

/** An entry was answered. */
export const noteTakenEntry = (nowMs = performance.now()): void => note(load.taken, nowMs)

/** Counts an entry as under way until it is answered; one that fails was not taken. */
export async function followEntry<T>(enter: () => Promise<T>): Promise<T> {
  load.inFlight += 1
  try {
    const answer = await enter()
    noteTakenEntry()
    return answer
  } finally {
    load.inFlight -= 1
  }
}

/** How many entries this process takes in a second, and how many wait for it. */
export function readEntryLoad(nowMs = performance.now()): { perSecond: number; waiting: number } {
  const { count, firstMs } = countSince(load.taken, nowMs - MEASURED_MS)
  // A crowd that has only begun to come is not measured over the silence before it.
  const measuredMs = Math.max(LEAST_MEASURED_MS, nowMs - (firstMs ?? nowMs))
  return {
    perSecond: count / (measuredMs / 1_000),
    waiting: load.inFlight + countSince(load.refused, nowMs - REFUSED_FOR_MS).count,
  }
}
