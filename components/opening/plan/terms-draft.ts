import { readCount, readDecimal } from '@/lib/text/typed-number'

/** The terms shared by single and daily openings, as typed. */
export type TermsDraft = {
  lobbyMinutes: string
  gateMinutes: string
  turnsPerMinute: string
  orderBy: 'DRAW' | 'ARRIVAL'
}

/** Owners read and type turns a minute: 0.5 of a person a second means nothing to anybody. */
export function toPerMinute(turnsPerSecond: number): number {
  return Math.round(turnsPerSecond * 60 * 100) / 100
}

/** Takes the typed turns a minute. NaN: the text is not a number. */
export function readRate(turnsPerMinute: string): number {
  return readDecimal(turnsPerMinute) / 60
}

export function readTerms({ orderBy, ...typed }: TermsDraft) {
  return {
    orderBy,
    lobbyMinutes: readCount(typed.lobbyMinutes),
    gateMinutes: readCount(typed.gateMinutes),
    turnsPerSecond: readRate(typed.turnsPerMinute),
  }
}
