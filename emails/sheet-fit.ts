import type { DaySheetPayload } from '@/domain/notification/schema'

export type SheetParty = DaySheetPayload['reservations'][number]

/** Gmail cuts an email off at 102 KB of HTML; the rest of a sheet takes less than what remains. */
const MOST_BYTES = 88_000
/** The markup of one party, and of each of its remarks, rounded up. */
const PARTY_BYTES = 515
const REMARK_BYTES = 95

/** Longer names than any account may have. */
const NAME_LETTERS = 60

/** How much of each text stays; the first that fits is taken. Allergies are cut last. */
const cuts = [
  { note: 500, allergies: 500 },
  { note: 200, allergies: 500 },
  { note: 100, allergies: 200 },
  { note: 40, allergies: 200 },
  { note: 0, allergies: 200 },
  { note: 0, allergies: 80 },
  { note: 0, allergies: 30 },
]

const escapedBytes: Record<string, number> = { '&': 5, '<': 4, '>': 4, '"': 6, "'": 6 }

function countBytes(text: string): number {
  let bytes = Buffer.byteLength(text)
  for (const letter of text) bytes += (escapedBytes[letter] ?? 1) - 1
  return bytes
}

const letters = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** The first letters as readers count them; one letter may be many code points, so those count too. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const { segment } of letters.segment(text)) {
    if (kept.length + segment.length > most) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

function cutParty(party: SheetParty, most: { note: number; allergies: number }): SheetParty {
  return {
    ...party,
    dinerName: party.dinerName && cutText(party.dinerName, NAME_LETTERS),
    note: party.note && cutText(party.note, most.note),
    allergies: party.allergies && cutText(party.allergies, most.allergies),
  }
}

function weighParty({ dinerName, tableNumbers, note, allergies }: SheetParty): number {
  const remarks = [note, allergies].filter((text) => text !== null)
  return [dinerName ?? '', tableNumbers.join(', '), ...remarks].reduce(
    (sum, text) => sum + countBytes(text),
    PARTY_BYTES + remarks.length * REMARK_BYTES,
  )
}

/** Parties in their order until the sheet is full. */
function takeWhileTheyFit(parties: SheetParty[]): SheetParty[] {
  let bytes = 0
  const end = parties.findIndex((party) => {
    bytes += weighParty(party)
    return bytes > MOST_BYTES
  })
  return end === -1 ? parties : parties.slice(0, end)
}

/**
 * What of a sheet fits into an email that nobody cuts off: every party if at all possible, and as much
 * of their notes as there is room for. `isCut`: a text is shorter than it was.
 */
export function fitParties(given: SheetParty[]): { parties: SheetParty[]; isCut: boolean } {
  const tries = cuts.map((most) => given.map((party) => cutParty(party, most)))
  const whole = tries.find((parties) => takeWhileTheyFit(parties).length === parties.length)
  const parties = takeWhileTheyFit(whole ?? tries.at(-1) ?? [])
  const isCut = parties.some(
    ({ note, allergies, dinerName }, index) =>
      note !== given[index]?.note ||
      allergies !== given[index]?.allergies ||
      dinerName !== given[index]?.dinerName,
  )
  return { parties, isCut }
}
