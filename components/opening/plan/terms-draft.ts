/** The terms shared by single and daily openings, as typed. */
export type TermsDraft = {
  lobbyMinutes: string
  gateMinutes: string
  turnsPerMinute: string
  orderBy: 'DRAW' | 'ARRIVAL'
}

/** NaN: the text is not a number. The server refuses it at its field. */
export function readNumber(text: string): number {
  return /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN
}

/** Owners read and type turns a minute: 0.5 of a person a second means nothing to anybody. */
export function toPerMinute(turnsPerSecond: number): number {
  return Math.round(turnsPerSecond * 60 * 100) / 100
}

/** Takes the typed turns a minute. NaN: the text is not a number. */
export function readRate(turnsPerMinute: string): number {
  return readNumber(turnsPerMinute) / 60
}

export function readTerms({ orderBy, ...typed }: TermsDraft) {
  return {
    orderBy,
    lobbyMinutes: readNumber(typed.lobbyMinutes),
    gateMinutes: readNumber(typed.gateMinutes),
    turnsPerSecond: readRate(typed.turnsPerMinute),
  }
}
