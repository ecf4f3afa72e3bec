const HANGUL_FIRST = 0xac00
const HANGUL_LAST = 0xd7a3
const VOWELS = 21
const FINALS = 28

/** The Revised Romanisation of each letter; sound changes between letters are ignored. */
const initials = 'g kk n d tt r m b pp s ss _ j jj ch k t p h'.split(' ')
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
const finals = '_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')

const LONGEST_SLUG = 60
/** Words that the product's own addresses begin with. */
const ownWords = new Set([
  'restaurants',
  'owner',
  'admin',
  'api',
  'new',
  'en',
  'ko',
  'check-in',
  'kiosk',
  'offline',
])
const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function romaniseSyllable(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  if (code < HANGUL_FIRST || code > HANGUL_LAST) return letter
  const index = code - HANGUL_FIRST
  const parts = [
    initials[Math.floor(index / (VOWELS * FINALS))],
    vowels[Math.floor(index / FINALS) % VOWELS],
    finals[index % FINALS],
  ]
  return parts.join('').replaceAll('_', '')
}

/**
 * Proposes a slug from the English name, or else from the Korean one in Latin letters. Empty when
 * the name has nothing that can be romanised.
 */
export function proposeSlug({ name, nameEn }: { name: string; nameEn: string }): string {
  const latin = Array.from((nameEn.trim() || name).normalize('NFC'), romaniseSyllable).join('')
  const word = latin
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/['’]|\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST_SLUG)
    .replace(/-+$/, '')
  return word.length < 2 ? '' : word
}

/** Whether the word is neither one of the product's nor in the form of a restaurant's id. */
export function isFreeForSlug(word: string): boolean {
  return !ownWords.has(word) && !idShape.test(word)
}

/** The next slug to try when another restaurant has this one: `garden`, `garden-2`, `garden-3`. */
export function proposeNextSlug(taken: string): string {
  const counted = /^(?<word>.+)-(?<count>[2-9]|[1-9]\d)$/.exec(taken)?.groups
  const count = counted ? Number(counted.count) + 1 : 2
  const word = (counted?.word ?? taken).slice(0, LONGEST_SLUG - 4).replace(/-+$/, '')
  return `${word}-${count}`
}
