/** Everything an announcement fixes. Instants are ISO 8601 with milliseconds, in UTC. */
export type Announced = {
  id: string
  restaurantId: string
  serviceDate: string
  announcedAt: string
  lobbyOpensAt: string
  opensAt: string
  gateUntil: string
  orderBy: 'DRAW' | 'ARRIVAL'
  turnsPerSecond: number
  commitment: string
  beacon: string | null
  beaconRound: number | null
  /** How long a cohort of latecomers is. Null: they are numbered. */
  cohortSeconds: number | null
}

/**
 * The announcement as text, whose sha256 every receipt carries: one fact per line, in this order,
 * without a final line break. A new version of this text starts with a new first line.
 */
export function writeAnnouncement(it: Announced): string {
  const cohorts = it.cohortSeconds
  return [
    `bobjool opening announcement ${cohorts === null ? 1 : 2}`,
    `opening ${it.id}`,
    `restaurant ${it.restaurantId}`,
    `service date ${it.serviceDate}`,
    `announced ${it.announcedAt}`,
    `lobby ${it.lobbyOpensAt}`,
    `opens ${it.opensAt}`,
    `gate ${it.gateUntil}`,
    `order ${it.orderBy}`,
    ...(cohorts === null ? [] : [`late cohorts of ${cohorts} seconds`]),
    `turns per second ${it.turnsPerSecond}`,
    `commitment ${it.commitment}`,
    `beacon ${it.beacon === null ? 'none' : `${it.beacon} ${it.beaconRound}`}`,
  ].join('\n')
}
