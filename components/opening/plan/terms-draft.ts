/** The terms shared by single and daily openings, as typed. */
export type TermsDraft = {
  lobbyMinutes: string
  gateMinutes: string
  turnsPerSecond: string
  orderBy: 'DRAW' | 'ARRIVAL'
}

/** NaN: the text is not a number. The server refuses it at its field. */
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
