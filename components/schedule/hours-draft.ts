import {
  findHoursFault,
  readClock,
  readClosing,
  showClock,
  sortHours,
} from '@/domain/restaurant/hours.rules'
import type { HoursStretch } from '@/domain/restaurant/setup.schema'

/** A stretch as typed, before it is parsed. */
export type StretchDraft = { key: string; weekday: number; from: string; to: string }

export type DraftFault = { key: string; reason: HoursReason }
export type HoursReason =
  | 'hours-incomplete'
  | 'hours-empty'
  | 'hours-overlap'
  | 'before-day-cut'
  | 'beyond-day-cut'

let drafts = 0
export function draftStretch(weekday: number, from: string, to: string): StretchDraft {
  drafts += 1
  return { key: `stretch-${drafts}`, weekday, from, to }
}

export function toDrafts(hours: readonly HoursStretch[]): StretchDraft[] {
  return sortHours(hours).map(({ weekday, fromMinutes, toMinutes }) =>
    draftStretch(weekday, showClock(fromMinutes), showClock(toMinutes)),
  )
}

/** Null while a time is missing. */
export function readDraft({
  draft,
  dayCutMinutes,
}: {
  draft: StretchDraft
  dayCutMinutes: number
}): HoursStretch | null {
  const fromMinutes = readClock({ clock: draft.from, dayCutMinutes })
  if (fromMinutes === null) return null
  const toMinutes = readClosing({ clock: draft.to, fromMinutes, dayCutMinutes })
  return toMinutes === null ? null : { weekday: draft.weekday, fromMinutes, toMinutes }
}

/** The typed week, or its first error and where that is. */
export function readDrafts({
  drafts: typed,
  dayCutMinutes,
}: {
  drafts: readonly StretchDraft[]
  dayCutMinutes: number
}): { ok: true; hours: HoursStretch[] } | { ok: false; fault: DraftFault } {
  const read = typed.map((draft) => ({ draft, stretch: readDraft({ draft, dayCutMinutes }) }))
  const missing = read.find(({ stretch }) => stretch === null)
  if (missing) return { ok: false, fault: { key: missing.draft.key, reason: 'hours-incomplete' } }
  const hours = read.flatMap(({ stretch }) => stretch ?? [])
  const fault = findHoursFault({ hours, dayCutMinutes })
  if (!fault) return { ok: true, hours: sortHours(hours) }
  const wrong = read.find(({ stretch }) => stretch === fault.stretch)
  return { ok: false, fault: { key: wrong?.draft.key ?? '', reason: fault.reason } }
}
