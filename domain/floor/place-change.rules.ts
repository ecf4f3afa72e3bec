import { laneOf, type PlaceChange, type QueuedAct, type QueuedWork } from './queue.rules'
import type { DayParty } from './schema'

/**
 * What is another for the party by this change. A poll may have brought the change already: then all
 * that was asked for.
 */
export function readOther({
  change,
  party,
}: {
  change: PlaceChange
  /** Null: it is not on the screen. */
  party: DayParty | null
}): PlaceChange {
  const { serviceDate, startsAt, partySize, minutes, tableNumbers } = change
  const isOther = (asked: unknown, present: unknown) =>
    asked !== undefined && JSON.stringify(asked) !== JSON.stringify(present)
  const stays = party && (Date.parse(party.endsAt) - Date.parse(party.startsAt)) / 60_000
  const isNow = startsAt !== undefined && Date.parse(startsAt) === Date.parse(party?.startsAt ?? '')
  const other: PlaceChange = {
    ...(tableNumbers &&
      isOther(tableNumbers.toSorted(), party?.tableNumbers.toSorted()) && { tableNumbers }),
    ...(serviceDate !== undefined && { serviceDate }),
    ...(startsAt !== undefined && !isNow && { startsAt }),
    ...(minutes !== undefined && isOther(minutes, stays) && { minutes }),
    ...(partySize !== undefined && isOther(partySize, party?.partySize) && { partySize }),
  }
  return Object.keys(other).length === 0 ? change : other
}

/** A change that names the states in which these parties are on the screen. */
export function nameSeen({
  reservationId,
  change,
  parties,
}: {
  reservationId: string
  change: PlaceChange
  parties: Pick<DayParty, 'reservationId' | 'sequence'>[]
}): PlaceChange {
  const seen = (id: string | undefined) =>
    parties.find((party) => party.reservationId === id)?.sequence
  const sequence = change.sequence ?? seen(reservationId)
  const swapSequence = change.swapSequence ?? seen(change.swapWith)
  return {
    ...change,
    ...(sequence !== undefined && { sequence }),
    ...(swapSequence !== undefined && { swapSequence }),
  }
}

/**
 * A waiting change of a party on which the same device has acted meanwhile: staff tapped it after that, so
 * it is of the state to which that has led. Where the answer does not tell that state, it names none.
 */
export function followAct<Act extends QueuedAct>({
  act,
  after: { work, sequence },
}: {
  act: Act
  after: { work: QueuedWork; sequence: number | undefined }
}): Act {
  if (act.work.kind !== 'CHANGE' || laneOf({ key: '', work }) !== act.work.reservationId) return act
  const { sequence: seen, ...change } = act.work.change
  const isLater = work.kind === 'CHANGE' && work.change.sequence !== seen
  if (seen === undefined || isLater) return act
  return {
    ...act,
    work: { ...act.work, change: { ...change, ...(sequence !== undefined && { sequence }) } },
  }
}
