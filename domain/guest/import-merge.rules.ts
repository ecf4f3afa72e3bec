import { countCharacters } from '@/lib/text/typed'
import { LONGEST_DIET, LONGEST_NOTE, MOST_TAGS } from './entry.types'
import type { ImportedLine, LineWarning } from './import.schema'
import { areNamesApart, isDoubtful } from './known.rules'

type Named = { name: string; email: string | null }

/** An entry of the guest book as it is when a line is added to it. */
export type KnownEntry = Named & {
  id: string
  /** Its own number or address found it, and no account has them: a missing address is added. */
  takesEmail: boolean
  tags: string[]
  /** Of all who are merged into it. */
  note: string | null
  allergies: string | null
  dislikes: string | null
  /** Written on the entry itself. */
  own: { note: string | null; allergies: string | null; dislikes: string | null }
}

/** What a line adds to an entry. Null or none: nothing. */
export type Addition = {
  email: string | null
  tags: string[]
  /** The entry's own note from now on. */
  note: string | null
  /** The entry's own diet from now on. */
  diet: { allergies: string | null; dislikes: string | null; way: string; on: string } | null
}

const PARTS = /\s*[,;·/\n]\s*/
const split = (text: string | null, apart: RegExp) =>
  (text ?? '')
    .split(apart)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** The parts of a text that another does not have. */
function listMissing({
  asked,
  known,
  apart,
}: {
  asked: string | null
  known: string | null
  apart: RegExp
}): string[] {
  const has = new Set(split(known, apart))
  return split(asked, apart).filter((part) => !has.has(part))
}

const append = (own: string | null, parts: string[], by: string) =>
  [...(own === null ? [] : [own]), ...parts].join(by)

function addNote(asked: string | null, entry: KnownEntry): { note: string | null; full: boolean } {
  const missing = listMissing({ asked, known: entry.note, apart: /\n/ })
  if (missing.length === 0) return { note: null, full: false }
  const note = append(entry.own.note, missing, '\n')
  return countCharacters(note) > LONGEST_NOTE ? { note: null, full: true } : { note, full: false }
}

function addDiet(
  asked: ImportedLine['diet'],
  entry: KnownEntry,
): { diet: Addition['diet']; warnings: LineWarning[] } {
  const none = { diet: null, warnings: [] }
  if (asked === null) return none
  const of = (kind: 'allergies' | 'dislikes') => {
    const missing = listMissing({ asked: asked[kind], known: entry[kind], apart: PARTS })
    return missing.length === 0 ? null : append(entry.own[kind], missing, ', ')
  }
  const allergies = of('allergies')
  const dislikes = of('dislikes')
  if (allergies === null && dislikes === null) return none
  // The guest's own link is not staff's to tell of.
  if (asked.way === 'LINK') return { diet: null, warnings: ['consent-missing'] }
  const diet = {
    allergies: allergies ?? entry.own.allergies,
    dislikes: dislikes ?? entry.own.dislikes,
    way: asked.way,
    on: asked.on,
  }
  const longest = Math.max(countCharacters(allergies ?? ''), countCharacters(dislikes ?? ''))
  return longest > LONGEST_DIET ? { diet: null, warnings: ['diet-full'] } : { diet, warnings: [] }
}

/**
 * Whether the number of a line may have found another person than it means. A guest who is merged is known
 * by their own name and address, and by those of their entry.
 */
export function isOtherPerson({
  asked,
  found,
  entry,
}: {
  asked: Named
  /** The row that the number or address found. */
  found: Named
  entry: Named
}): boolean {
  return [found, entry].every((known) => isDoubtful({ known, given: asked, tells: false }))
}

/**
 * What a line adds to the entry of its person. An import only ever adds: what staff have written stays, so
 * that a list of last year takes nothing back. The entry is given as it will be.
 */
export function addToEntry({ asked, entry }: { asked: ImportedLine; entry: KnownEntry }): {
  addition: Addition
  isChanged: boolean
  warnings: LineWarning[]
  after: KnownEntry
} {
  const warnings = [...asked.warnings]
  if (areNamesApart(asked.name, entry.name)) warnings.push('name-kept')
  const email = entry.takesEmail && entry.email === null ? asked.email : null
  const newTags = asked.tags.filter((tag) => !entry.tags.includes(tag))
  const tags = newTags.slice(0, Math.max(0, MOST_TAGS - entry.tags.length))
  if (tags.length < newTags.length) warnings.push('tags-full')
  const { note, full } = addNote(asked.note, entry)
  if (full) warnings.push('note-full')
  const { diet, warnings: ofDiet } = addDiet(asked.diet, entry)
  warnings.push(...ofDiet)
  const addition = { email, tags, note, diet }
  return {
    addition,
    isChanged: email !== null || tags.length > 0 || note !== null || diet !== null,
    warnings,
    after: applyAddition({ entry, addition, asked }),
  }
}

/** The entry as a later line of the same batch finds it. */
function applyAddition({
  entry,
  addition: { email, tags, note, diet },
  asked,
}: {
  entry: KnownEntry
  addition: Addition
  asked: ImportedLine
}): KnownEntry {
  const join = (kind: 'allergies' | 'dislikes') =>
    diet && asked.diet?.[kind] ? append(entry[kind], [asked.diet[kind]], ', ') : entry[kind]
  return {
    ...entry,
    email: email ?? entry.email,
    tags: [...entry.tags, ...tags],
    note: note !== null && asked.note ? append(entry.note, [asked.note], '\n') : entry.note,
    allergies: join('allergies'),
    dislikes: join('dislikes'),
    own: {
      note: note ?? entry.own.note,
      allergies: diet ? diet.allergies : entry.own.allergies,
      dislikes: diet ? diet.dislikes : entry.own.dislikes,
    },
  }
}
