import type { Opening } from './schema'

/** Time enough to be in the lobby; the calendar file's alarm rings as early. */
export const LEAD_MINUTES = 10
/** Time enough to have the page open. */
export const TURN_LEAD_SECONDS = 60

/** When a diner is told of an opening, in milliseconds since 1970: as the lobby opens, if that is later. */
export function findReminderMs({
  opensAt,
  lobbyOpensAt,
}: Pick<Opening, 'opensAt' | 'lobbyOpensAt'>): number {
  return Math.max(Date.parse(opensAt) - LEAD_MINUTES * 60_000, Date.parse(lobbyOpensAt))
}

/** The latest rate of a snapshot, by its instant: what was computed from an earlier one may have moved. */
export function findLatestRate({ rates }: Pick<Opening, 'rates'>): string | null {
  const instants = rates.map(({ fromAt }) => fromAt)
  return instants.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null
}
