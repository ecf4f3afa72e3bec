/**
 * Text as people type and paste it, read the same way everywhere: composed (NFC), without invisible
 * marks, with plain spaces. What of it is also made plain depends on what is read: a name, a
 * keyword, an address or a code.
 */

/** Scripts in which a joiner between two letters changes how they are written. */
const JOINED =
  '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}' +
  '\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}' +
  '\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Mongolian}]'

/** Invisible characters that are a part of the character before them. */
const PARTS = [
  '(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]',
  '(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
  // UAX 29, rule GB11: what extends the first picture stands between it and the joiner.
  '(?<=\\p{Extended_Pictographic}[\\p{Grapheme_Extend}\\p{Emoji_Modifier}]*)\\u200D(?=\\p{Extended_Pictographic})',
  '(?<=\\u{1F3F4}[\\u{E0020}-\\u{E007E}]*)[\\u{E0020}-\\u{E007F}]',
  '(?<=\\p{Script=Han})[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]',
  `(?<=${JOINED})[\\u200C\\u200D](?=${JOINED})`,
]
const INVISIBLE = new RegExp(`(${PARTS.join('|')})|\\p{Default_Ignorable_Code_Point}`, 'gu')
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu
/** Matches text with no visible character. */
const BLANK = /^[\p{Z}\p{C}]*$/u
/** Braille's blank is a symbol to Unicode but looks like a space. */
const SPACES = /[\p{Z}\p{Cc}\u2800]+/gu
const LINE_BREAKS = /\r\n|[\r\n\u0085\u2028\u2029]/g
const CONTROLS_BUT_BREAKS = /[^\P{Cc}\n]/gu
const SPACES_IN_LINE = /[\p{Zs}\u2800\t]/gu
/** Full-width Latin letters, digits and signs, and half-width Hangul and katakana. */
const OTHER_WIDTHS = /[\uFF01-\uFF5E\uFF61-\uFFDC]+/g
const DASHES = /[\u02D7\u2010-\u2015\u2212\u2796\uFE58\uFE63]/g
/** Letters that are typed as a dash between digits: katakana's, Hangul's, Han's. */
const DASHES_OF_DIGITS = /[\u30FC\u3161\u4E00\u2500\u301C~]/g
/** Digits of Arabic and Persian keyboards; each set begins at one of these. */
const OTHER_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g

/** Removing a mark can bring two letters together that compose, and composing can free a mark. */
function untilSettled(text: string, step: (text: string) => string): string {
  let settled = text
  for (let next = step(text); next !== settled; next = step(next)) settled = next
  return settled
}

function compose(text: string): string {
  return untilSettled(text.toWellFormed(), (each) =>
    each.normalize('NFC').replace(INVISIBLE, '$1').normalize('NFC'),
  )
}

function narrow(text: string): string {
  return text.replace(OTHER_WIDTHS, (letters) => letters.normalize('NFKC'))
}

/** Text as its author meant it, with line breaks and without invisible control characters. */
export function tidyText(text: string): string {
  return untilSettled(text.toWellFormed(), (each) =>
    compose(
      each.replace(LINE_BREAKS, '\n').replace(SPACES_IN_LINE, ' ').replace(CONTROLS_BUT_BREAKS, ''),
    ).trim(),
  )
}

/** The same on one line: fit for a subject, a header or a calendar field. */
export function tidyLine(text: string): string {
  return untilSettled(tidyText(text), (each) => tidyText(each.replace(/\s*\n\s*/g, ' ')))
}

/**
 * A name, of a person or a place, or a keyword: on one line with single spaces, its letters and
 * digits of one width, its hyphens of one kind. Empty when it has no visible character.
 */
export function tidyName(text: string): string {
  const tidied = untilSettled(text.toWellFormed(), (each) =>
    compose(narrow(compose(each)).replace(DASHES, '-').replace(SPACES, ' ')).trim(),
  )
  return BLANK.test(tidied) ? '' : tidied
}

/** A mail address or another word of Latin letters; spaces inside it remain, and are wrong. */
export function tidyAddress(text: string): string {
  return untilSettled(text, (each) =>
    tidyName(tidyName(each).replace(IGNORABLE, '').replaceAll('。', '.')),
  )
}

/**
 * A code or number that is grouped for the eye, `123 456` or `010-1234-5678`: without spaces, and
 * with hyphens for all dashes.
 */
export function tidyNumber(text: string): string {
  return untilSettled(text, (each) =>
    tidyName(
      tidyName(each)
        .replace(IGNORABLE, '')
        .replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
        .replace(DASHES_OF_DIGITS, '-')
        .replaceAll(' ', ''),
    ),
  )
}

/** The digits of a code, however they were grouped. Null: it has something else in it. */
export function readDigits(text: string): string | null {
  const digits = tidyNumber(text).replaceAll('-', '')
  return /^\d+$/.test(digits) ? digits : null
}

/**
 * Counts characters as Postgres does: an emoji is one or more, not the units of a JavaScript
 * string.
 */
export function countCharacters(text: string): number {
  return Array.from(text).length
}
