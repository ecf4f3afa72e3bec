import type { ReservationStatus } from '@/domain/booking/types'
import {
  type Answer,
  areFree,
  type Evening,
  hasOther,
  isOccupied,
  isOffPlan,
  isToCome,
  keeps,
  othersOf,
  type Party,
  type Plan,
  seatsOf,
  slotsOfWindow,
  slotsTogether,
  startOf,
  type Wish,
} from './evening-paper'

/** The parties as the act leaves them, or why it is refused. */
type Outcome = { becomes: Party[]; place?: boolean } | { refusals: string[] }

const refused = (...refusals: string[]): Outcome => ({ refusals })

/** Others sit where a seating has begun. */
const isTaken = (plan: Plan, evening: Evening, slots: readonly string[]) =>
  startOf(plan, slots) < plan.nextSeating && isOccupied(plan, evening, slots)

/** Writes a new status, with its slots kept or given back. */
function move(plan: Plan, evening: Evening, party: Party, to: Partial<Party>): Outcome {
  const moved = { ...party, ...to }
  if (moved.status === 'SEATED' && isOccupied(plan, evening, party.slots, party.id))
    return refused('table-occupied')
  if (keeps(moved.status) && !keeps(party.status) && !areFree(evening, party.slots))
    return refused('slot-taken')
  if (isToCome(moved.status) && !isToCome(party.status) && hasOther(evening, party))
    return refused('already-booked')
  return { becomes: [moved] }
}

function correct(
  plan: Plan,
  evening: Evening,
  party: Party,
  to: 'TO_BOOKED' | 'TO_SEATED',
): Outcome {
  const { status, walkIn, hasArrived, isCancelledByStaff, wasHeld } = party
  if (to === 'TO_SEATED') {
    const isMeant = status === 'LEFT' || status === 'NO_SHOW' || (status === 'CANCELLED' && walkIn)
    return isMeant ? move(plan, evening, party, { status: 'SEATED' }) : refused('cannot-move')
  }
  if (status === 'CONFIRMED')
    return hasArrived ? { becomes: [{ ...party, hasArrived: false }] } : refused('cannot-move')
  const isBack =
    (status === 'SEATED' && !walkIn) ||
    status === 'NO_SHOW' ||
    (status === 'CANCELLED' && !walkIn && isCancelledByStaff)
  if (!isBack) return refused('cannot-move')
  const isHold = status === 'CANCELLED' && wasHeld
  return move(plan, evening, party, { status: isHold ? 'HELD' : 'CONFIRMED' })
}

function act(plan: Plan, evening: Evening, party: Party, name: string): Outcome {
  const { status } = party
  const by = (from: ReservationStatus[], to: Partial<Party>) =>
    from.includes(status) ? move(plan, evening, party, to) : refused('cannot-move')
  switch (name) {
    case 'CONFIRM':
      return by(['HELD'], { status: 'CONFIRMED' })
    case 'GIVE_BACK':
      if (isToCome(status) && startOf(plan, party.slots) < plan.nextSeating)
        return refused('after-start')
      return by(['HELD', 'CONFIRMED'], { status: 'CANCELLED', isCancelledByStaff: false })
    case 'CANCEL':
      return by(['HELD', 'CONFIRMED', 'SEATED'], {
        status: 'CANCELLED',
        isCancelledByStaff: true,
        wasHeld: status === 'HELD',
      })
    case 'SEAT':
      return by(['CONFIRMED', 'NO_SHOW'], { status: 'SEATED' })
    case 'LEAVE':
      return by(['SEATED'], { status: 'LEFT' })
    case 'NO_SHOW':
      if (status === 'CONFIRMED' && startOf(plan, party.slots) >= plan.nextSeating)
        return refused('before-start')
      return by(['CONFIRMED'], { status: 'NO_SHOW' })
    default:
      return status === 'CONFIRMED' && !party.hasArrived
        ? { becomes: [{ ...party, hasArrived: true }] }
        : refused('cannot-move')
  }
}

/** The slots of the smallest class of table of which one is free for the party at that seating. */
function listBest(
  plan: Plan,
  evening: Evening,
  { seating, partySize, except }: { seating: number; partySize: number; except?: string },
) {
  const fitting = plan.seatings.filter((slot) => slot.seating === seating && slot.most >= partySize)
  const free = fitting.filter(({ slotId }) => areFree(evening, [slotId], except ? [except] : []))
  const least = Math.min(...free.map(({ most }) => most))
  return { fitting, best: free.filter(({ most }) => most === least).map(({ slotId }) => slotId) }
}

function book(
  plan: Plan,
  evening: Evening,
  {
    dinerId,
    seating,
    partySize,
    party,
  }: {
    dinerId: string | null
    seating: number
    partySize: number
    party?: Party
  },
): { refusals: string[] } | { best: string[] } {
  if (seating < plan.nextSeating) return { refusals: ['past-time'] }
  const except = party && keeps(party.status) ? { except: party.id } : {}
  const { fitting, best } = listBest(plan, evening, { seating, partySize, ...except })
  if (fitting.length === 0) return { refusals: ['party-size'] }
  if (othersOf(evening, dinerId, party?.id).length > 0) return { refusals: ['already-booked'] }
  return best.length > 0 ? { best } : { refusals: ['sold-out', 'all-being-booked'] }
}

function changeTo(
  party: Party,
  { slots, partySize }: { slots: string[]; partySize: number },
): Outcome {
  const isSame = areSame(slots, party.slots) && partySize === party.partySize
  return { becomes: isSame ? [] : [{ ...party, slots, partySize }], place: true }
}

const areSame = (some: readonly string[], others: readonly string[]) =>
  some.toSorted().join() === others.toSorted().join()

/** A party for which tables are pushed together has all of them, or none. */
function combine(
  plan: Plan,
  evening: Evening,
  { wish, slots }: { wish: Extract<Wish, { act: 'COMBINED' }>; slots: readonly string[] },
): Outcome {
  const asked = slotsTogether(plan, wish.seating)
  for (const slot of asked) {
    if (isTaken(plan, evening, [slot])) return refused('table-occupied')
    if (!areFree(evening, [slot])) return refused('slot-taken')
  }
  if (othersOf(evening, wish.caller).length > 0) return refused('already-booked')
  return areSame(asked, slots) ? { becomes: [] } : refused('nothing')
}

/** What the answers to a wish can be. `slots` are those that the party was given. */
function judge(plan: Plan, evening: Evening, wish: Wish, slots: readonly string[]): Outcome {
  const [slot = null] = slots
  if (wish.act === 'BOOK') {
    const found = book(plan, evening, wish)
    if ('refusals' in found) return found
    return slot !== null && found.best.includes(slot) ? { becomes: [] } : refused('nothing')
  }
  if (wish.act === 'WALK_IN') {
    if (isOccupied(plan, evening, wish.slots)) return refused('table-occupied')
    if (!areFree(evening, wish.slots)) return refused('slot-taken')
    if (seatsOf(plan, wish.slots) < wish.partySize) return refused('party-size')
    return { becomes: [] }
  }
  if (wish.act === 'PHONE') {
    if (isTaken(plan, evening, [wish.slot])) return refused('table-occupied')
    if (!areFree(evening, [wish.slot])) return refused('slot-taken')
    if (!wish.insists && seatsOf(plan, [wish.slot]) < wish.partySize) return refused('party-size')
    const isExtra = othersOf(evening, wish.caller).length > 0
    return isExtra && !wish.insists ? refused('already-booked') : { becomes: [] }
  }
  if (wish.act === 'COMBINED') return combine(plan, evening, { wish, slots })
  if (wish.act === 'OFF_PLAN')
    return areFree(evening, slotsOfWindow(wish)) ? { becomes: [] } : refused('slot-taken')
  if (wish.act === 'SCHEDULE') return { becomes: [] }
  if (wish.act === 'UNDO') return undo(plan, evening, wish.actId)
  const party = evening.parties.get(wish.id)
  if (!party) return refused('not-found')
  switch (wish.act) {
    case 'CHANGE': {
      if (!isToCome(party.status)) return refused('cannot-move')
      const isSame = areSame(wish.slots, party.slots) && wish.partySize === party.partySize
      if (isSame) return { becomes: [] }
      const others = wish.slots.filter((asked) => !party.slots.includes(asked))
      if (isTaken(plan, evening, others)) return refused('table-occupied')
      if (!areFree(evening, wish.slots, [party.id])) return refused('slot-taken')
      if (wish.partySize > seatsOf(plan, wish.slots)) return refused('party-size')
      return changeTo(party, wish)
    }
    case 'OFF_CHANGE': {
      if (!isToCome(party.status)) return refused('cannot-move')
      // A hold that runs out has to be free at once (G5).
      if (party.status === 'HELD') return refused('cannot-move')
      const slots = slotsOfWindow(wish)
      if (!areFree(evening, slots, [party.id])) return refused('slot-taken')
      return changeTo(party, { slots, partySize: wish.partySize })
    }
    case 'OWN_CHANGE': {
      if (!isToCome(party.status)) return refused('cannot-move')
      if (startOf(plan, party.slots) < plan.nextSeating) return refused('after-start')
      const isInPlace =
        startOf(plan, party.slots) === wish.seating && party.partySize === wish.partySize
      if (isInPlace) return { becomes: [] }
      // A party that stays at its time keeps tables that are large enough.
      const keepsPlace =
        startOf(plan, party.slots) === wish.seating && seatsOf(plan, party.slots) >= wish.partySize
      if (keepsPlace)
        return othersOf(evening, party.dinerId, party.id).length > 0
          ? refused('already-booked')
          : changeTo(party, { slots: [...party.slots], partySize: wish.partySize })
      const found = book(plan, evening, { ...wish, dinerId: party.dinerId, party })
      if ('refusals' in found) return found
      const own = found.best.filter((best) => party.slots.includes(best))
      const expected = own.length > 0 ? own : found.best
      if (slot === null || !expected.includes(slot)) return refused('nothing')
      return changeTo(party, { slots: [slot], partySize: wish.partySize })
    }
    case 'SWAP':
      return swap(plan, evening, party, wish.other)
    case 'TO_BOOKED':
    case 'TO_SEATED':
      return correct(plan, evening, party, wish.act)
    default:
      return act(plan, evening, party, wish.act)
  }
}

function swap(plan: Plan, evening: Evening, party: Party, otherId: string): Outcome {
  if (otherId === party.id) return refused('swap-with-itself')
  const other = evening.parties.get(otherId)
  if (!other) return refused('not-found')
  if (!isToCome(party.status)) return refused('cannot-move')
  if (!isToCome(other.status)) return refused('cannot-swap')
  if (isTaken(plan, evening, other.slots) || isTaken(plan, evening, party.slots))
    return refused('table-occupied', 'party-size', 'cannot-swap')
  const there = { ...party, slots: other.slots }
  const here = { ...other, slots: party.slots }
  const fits = [there, here].every(({ slots, partySize }) => seatsOf(plan, slots) >= partySize)
  const holdsOffPlan = [there, here].some(
    ({ status, slots }) => status === 'HELD' && isOffPlan(slots),
  )
  if (!fits) return holdsOffPlan ? refused('party-size', 'cannot-swap') : refused('party-size')
  if (holdsOffPlan) return refused('cannot-swap')
  return { becomes: [there, here], place: true }
}

function undo(plan: Plan, evening: Evening, actId: string): Outcome {
  const done = evening.acts.get(actId)
  if (!done?.isUndoable) return refused('not-found')
  if (done.isUndone) return refused('too-late')
  const now = done.before.map(({ id }) => evening.parties.get(id))
  const isNewest = [...evening.acts].every(
    ([id, later]) =>
      id === actId ||
      later.isUndone ||
      later.at < done.at ||
      later.before.every((party) => !done.before.some(({ id: own }) => own === party.id)),
  )
  if (!isNewest) return refused('too-late')
  const ids = done.before.map(({ id }) => id)
  if (done.place) {
    if (now.some((party) => !party || !isToCome(party.status))) return refused('too-late')
    const isOpen = done.before.every(({ slots }) => areFree(evening, slots, ids))
    if (!isOpen) return refused('slot-taken')
    return {
      becomes: done.before.map((before, at) => ({
        ...before,
        status: now[at]?.status ?? before.status,
      })),
    }
  }
  const [party] = now
  const [before] = done.before
  if (!party || !before) return refused('not-found')
  if (done.isNew)
    return move(plan, evening, party, { status: 'CANCELLED', isCancelledByStaff: true })
  return move(plan, evening, party, before)
}

const slotsForCaller = (
  plan: Plan,
  wish: Extract<Wish, { act: 'PHONE' | 'OFF_PLAN' | 'COMBINED' }>,
) => {
  if (wish.act === 'COMBINED') return slotsTogether(plan, wish.seating)
  return wish.act === 'PHONE' ? [wish.slot] : slotsOfWindow(wish)
}

/** The party that a booking or a walk-in makes. Null: the wish is another. */
function madeBy(
  plan: Plan,
  evening: Evening,
  {
    wish,
    id,
    slots,
    isHold,
  }: { wish: Wish; id: string; slots: readonly string[]; isHold: boolean },
): Party | null {
  const fresh = { id, hasArrived: false, wasHeld: false, isCancelledByStaff: false, isExtra: false }
  if (wish.act === 'BOOK') {
    const { dinerId, partySize } = wish
    const status = isHold ? 'HELD' : 'CONFIRMED'
    return { ...fresh, status, slots, partySize, walkIn: false, dinerId, person: dinerId }
  }
  const unknown = { dinerId: null, person: null }
  if (wish.act === 'WALK_IN') {
    const { partySize } = wish
    return { ...fresh, ...unknown, status: 'SEATED', slots: wish.slots, partySize, walkIn: true }
  }
  if (wish.act !== 'PHONE' && wish.act !== 'OFF_PLAN' && wish.act !== 'COMBINED') return null
  const { caller, partySize } = wish
  const isExtra = othersOf(evening, caller).length > 0
  const taken = slotsForCaller(plan, wish)
  const booked = { status: 'CONFIRMED', slots: taken, partySize, walkIn: false } as const
  return { ...fresh, ...booked, dinerId: null, person: caller, isExtra }
}

/** The evening after the answer, or null where the answer can't be true of it. */
export function explain(
  plan: Plan,
  evening: Evening,
  {
    wish,
    answer,
    slots,
    isHold,
  }: {
    wish: Wish
    answer: Answer
    /** The slots that the party has after the act. */
    slots: readonly string[]
    /** Whether bookings here are holds at first. */
    isHold: boolean
  },
): Evening | null {
  const outcome = judge(plan, evening, wish, slots)
  // Staff who make the schedule anew beside a colleague see that change first.
  const isOvertaken = answer.reason === 'changed-meanwhile' || answer.reason === 'being-edited'
  if (wish.act === 'SCHEDULE' && isOvertaken) return evening
  if (answer.reason !== null)
    return 'refusals' in outcome && outcome.refusals.includes(answer.reason) ? evening : null
  if ('refusals' in outcome) return null
  const parties = new Map(evening.parties)
  const acts = new Map(evening.acts)
  const before = outcome.becomes
    .map(({ id }) => parties.get(id))
    .filter((party) => party !== undefined)
  for (const party of outcome.becomes) parties.set(party.id, party)
  const made = madeBy(plan, evening, { wish, id: answer.id, slots, isHold })
  if (made) {
    parties.set(made.id, made)
    // Staff take back what they made; a diner's booking is the diner's.
    if (wish.act !== 'BOOK') before.push(made)
  }
  if (wish.act === 'UNDO') {
    const done = acts.get(wish.actId)
    if (done) acts.set(wish.actId, { ...done, isUndone: true })
  }
  // An undo keeps nobody from undoing what came before the act that it took back.
  if (before.length > 0)
    acts.set(wish.act === 'UNDO' ? crypto.randomUUID() : (answer.actId ?? crypto.randomUUID()), {
      before,
      isNew: made !== null && wish.act !== 'BOOK',
      isUndone: wish.act === 'UNDO',
      isUndoable: wish.act !== 'UNDO' && answer.actId !== null,
      place: outcome.place ?? false,
      at: acts.size,
    })
  return { parties, acts }
}
