/** What openings have in common, planned once or every day: as it is typed. */
export type TermsDraft = {
  lobbyMinutes: string
  gateMinutes: string
  turnsPerSecond: string
  orderBy: 'DRAW' | 'ARRIVAL'
}

/** NaN: it is no number. What can't be read the server refuses at its field. */
export function readNumber(text: string): number {
  return /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN
}

export function readTerms({ orderBy, ...typed }: TermsDraft) {
  return {
    orderBy,
    lobbyMinutes: readNumber(typed.lobbyMinutes),
    gateMinutes: readNumber(typed.gateMinutes),
    turnsPerSecond: readNumber(typed.turnsPerSecond),
  }
}
