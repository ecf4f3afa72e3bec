import type { BookingRules } from '@/domain/restaurant/types'
import { readCount } from '@/lib/text/typed-number'

/** The booking rules as form fields: numbers and times as typed. */
export type RulesDraft = {
  sameDayOnly: boolean
  horizonDays: string
  hasOpening: boolean
  opensAt: string
  opensDaysBefore: string
  hasConfirm: boolean
  confirmWithinMinutes: string
  hasNoShowLimit: boolean
  noShowLimit: string
  noShowMonths: string
  holdsAfterNoShows: boolean
  seatingMinutes: string
  dayCut: string
  timeZone: string
}

const PROPOSED_OPENING = '10:00'
const PROPOSED_CONFIRM_MINUTES = '10'
const PROPOSED_NO_SHOWS = 3
const PROPOSED_NO_SHOW_MONTHS = 6

/** '05:00' for 300 minutes after midnight. */
export function formatClock(minutes: number): string {
  const parts = [Math.floor(minutes / 60), minutes % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** NaN: the text is not a time. */
function readClock(text: string): number {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text)
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : Number.NaN
}

export function toRulesDraft(rules: BookingRules): RulesDraft {
  const { opensMinutes, confirmWithinMinutes, noShowLimit, noShowMonths } = rules
  return {
    sameDayOnly: rules.sameDayOnly,
    horizonDays: String(rules.horizonDays),
    hasOpening: opensMinutes !== null,
    opensAt: opensMinutes === null ? PROPOSED_OPENING : formatClock(opensMinutes),
    opensDaysBefore: String(rules.opensDaysBefore),
    hasConfirm: confirmWithinMinutes !== null,
    confirmWithinMinutes:
      confirmWithinMinutes === null ? PROPOSED_CONFIRM_MINUTES : String(confirmWithinMinutes),
    hasNoShowLimit: noShowLimit !== null,
    noShowLimit: String(noShowLimit ?? PROPOSED_NO_SHOWS),
    noShowMonths: String(noShowMonths ?? PROPOSED_NO_SHOW_MONTHS),
    holdsAfterNoShows: rules.holdsAfterNoShows,
    seatingMinutes: String(rules.seatingMinutes),
    dayCut: formatClock(rules.dayCutMinutes),
    timeZone: rules.timeZone,
  }
}

/** Unreadable text becomes NaN, which the server refuses at its field. */
export function readRulesDraft(draft: RulesDraft): BookingRules {
  const hasDaysBefore = draft.hasOpening && !draft.sameDayOnly
  return {
    timeZone: draft.timeZone,
    seatingMinutes: readCount(draft.seatingMinutes),
    dayCutMinutes: readClock(draft.dayCut),
    sameDayOnly: draft.sameDayOnly,
    horizonDays: readCount(draft.horizonDays),
    opensMinutes: draft.hasOpening ? readClock(draft.opensAt) : null,
    opensDaysBefore: hasDaysBefore ? readCount(draft.opensDaysBefore) : 0,
    confirmWithinMinutes: draft.hasConfirm ? readCount(draft.confirmWithinMinutes) : null,
    noShowLimit: draft.hasNoShowLimit ? readCount(draft.noShowLimit) : null,
    noShowMonths: draft.hasNoShowLimit ? readCount(draft.noShowMonths) : null,
    holdsAfterNoShows: draft.hasNoShowLimit && draft.holdsAfterNoShows,
  }
}

/** The form field for each name that the server uses. */
export const draftFields: Record<string, keyof RulesDraft> = {
  dayCutMinutes: 'dayCut',
  opensMinutes: 'opensAt',
}
