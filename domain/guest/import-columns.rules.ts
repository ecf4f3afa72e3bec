import type { BookColumn, BookLine } from './book-file.schema'

/** Names of columns and words in cells, as people's lists have them, Korean and English. */
const columnNames: Record<BookColumn, readonly string[]> = {
  name: [
    ...['이름', '성함', '성명', '고객명', '손님', '손님 이름', '예약자', '예약자명'],
    ...['name', 'full name', 'guest', 'guest name', 'customer', 'customer name'],
  ],
  phone: [
    ...['전화', '전화번호', '휴대폰', '휴대폰 번호', '휴대전화', '핸드폰', '핸드폰 번호', '연락처'],
    ...['phone', 'phone number', 'mobile', 'mobile number', 'cell', 'tel', 'telephone'],
  ],
  email: ['이메일', '이메일 주소', '메일', 'email', 'email address', 'mail'],
  locale: ['언어', 'language', 'locale', 'lang'],
  tags: ['태그', 'tags', 'tag'],
  note: ['메모', '손님 메모', '비고', '특이사항', 'note', 'notes', 'memo', 'comments', 'remarks'],
  allergies: ['알레르기', '알러지', 'allergies', 'allergy'],
  dislikes: ['싫어하는 음식', '못 먹는 음식', '기피 음식', 'dislikes', 'dislike'],
  consentWay: ['동의 방법', '동의', 'consent', 'consent given', 'consent way'],
  consentDate: ['동의 날짜', '동의일', '동의일자', 'consent date', 'consented on', 'consented at'],
}

const localeNames: Record<BookLine['locale'], readonly string[]> = {
  ko: ['ko', 'kr', '한국어', '한글', '국문', 'korean'],
  en: ['en', '영어', '영문', 'english'],
}

const wayNames: Record<NonNullable<BookLine['consentWay']>, readonly string[]> = {
  IN_PERSON: ['in person', '직접', '직접 들음', '대면', '구두'],
  PHONE: ['phone', 'by phone', '전화', '전화로 들음', '유선'],
  MESSAGE: ['message', 'by message', 'text', '메시지', '메시지로 받음', '문자', '카톡', '카카오톡'],
  LINK: ['link', 'by link', '링크', '손님이 링크에서 동의함'],
}

/** Neither case nor spaces, nor how the words are joined, makes another name. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

function createReader<Word extends string>(names: Record<Word, readonly string[]>) {
  const known = new Map<string, Word>()
  for (const word in names) for (const name of names[word]) known.set(plain(name), word)
  return (cell: string): Word | null => known.get(plain(cell)) ?? null
}

export const readColumn = createReader(columnNames)
export const readLocaleCell = createReader(localeNames)
export const readWayCell = createReader(wayNames)

const DATE = /^(\d{4})[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})\.?(?:[T ].*)?$/

/** A day as Korean and international spreadsheets write it, as ISO 8601. Null: none there is. */
export function readDateCell(cell: string): string | null {
  const [, year = '', month = '', day = ''] = DATE.exec(cell.trim()) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date) ? date : null
}

const TAG = /\s*(?:"((?:[^"]|"")*)"|([^,;\n]*))\s*(?:[,;\n]|$)/gy

/** The tags of one cell, apart by commas, semicolons or lines; the other way is `joinTags`. */
export function splitTags(cell: string): string[] {
  const tags = Array.from(cell.matchAll(TAG), ([, quoted, typed]) =>
    (quoted?.replaceAll('""', '"') ?? typed ?? '').trim(),
  )
  return tags.filter((tag) => tag !== '')
}

/** The columns of a file by their place in it. Null in a place: no part of a guest book. */
export type ImportHeader = { columns: (BookColumn | null)[]; ignored: string[] }

const MOST_COLUMNS = 200
/** Names of other columns are shown as long as they fit beside each other. */
const MOST_IGNORED = 20
const LONGEST_IGNORED = 30

/**
 * Reads the first line of a file. Refuses one without a name and a contact among its columns, one that
 * names a column twice, and one with more columns than a list of people has.
 */
export function readHeader(
  cells: readonly string[],
): ImportHeader | { refused: 'no-header' | 'too-many-columns' } | { twice: BookColumn } {
  if (cells.length > MOST_COLUMNS) return { refused: 'too-many-columns' }
  const columns = cells.map(readColumn)
  const named = columns.filter((column) => column !== null)
  const hasContact = named.includes('phone') || named.includes('email')
  if (!named.includes('name') || !hasContact) return { refused: 'no-header' }
  const twice = named.find((column, place) => named.indexOf(column) !== place)
  if (twice !== undefined) return { twice }
  const ignored = cells
    .filter((cell, place) => columns[place] === null && cell.trim() !== '')
    .map((cell) => cell.trim().slice(0, LONGEST_IGNORED))
  return { columns, ignored: ignored.slice(0, MOST_IGNORED) }
}
