const SHORTEST = 32
/** 32 random characters in hex have 110 or more. */
const FEWEST_BITS = 80
/** An earlier stretch of at least this many characters that comes again tells nothing new. */
const REPEATED = 3
/** So many steps from character to character that come again: `abcd`, `aaaa`, `2468`, `001122`. */
const SAME_STEPS = 3
const SHORTEST_ROW = 4
/** Letters in one case that can be spoken are taken for words that nobody listed. */
const LETTERS = /[A-Z]?[a-z]{4,}|[A-Z]{5,}/g
const UNSPEAKABLE = /[^aeiouy]{4}|[aeiouy]{4}/i
const SEPARATORS = /[-_ .,:/]/g

/** Rows of a keyboard, read either way. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', '!@#$%^&*()']

/** Words of placeholders and passwords, and the first ones that come to a mind. */
const WORDS = `
  account admin administrator alpha amazing apple application april auth authentication august autumn
  avocado baby banana battery beautiful best beta better bobjool bobjul book booking bread build butter
  candy cat change changed changeme changeit cheese chicken chocolate coffee company computer config
  cookie correct cron cycle dallas data database december default demo deploy dev development dinner
  docker dog dragon dummy easy elephant enter example fake february flower football forever freedom
  friday friend generate generated github good google green guest hammer happy hello hidden home horse
  hunter january jesus july june just keep kimchi king korea lemon letmein license lion local
  localhost login london long longer love lovely lunch magic mail make march master matrix maybe merlin
  metal michael mind mobile monday money monkey monster morning mother must mysecret nature never new
  next nextauth night nobody none nothing november october office only open operator orange other
  paris party pass passphrase password passwd pepper phone phrase pizza placeholder please postgres
  prince princess private prod production project public purple put queen quick random really redis
  replace replaceme reservation restaurant river root rotate salt sample saturday school secret secrets
  secure security seoul september server service session shadow should signing simple snow some someone
  something soccer spring staple star start string strong summer sunday sunshine super superman
  supersecret sweet table temp temporary test testing thanks that the them then there these thing this
  those thursday ticket tiger today token tomorrow trustno tuesday unsafe update user value very
  vercel waiting warning water wednesday weekend welcome white window winter wonder word world write
  wrong yellow yesterday you your
`
  .trim()
  .split(/\s+/)
  .toSorted((a, b) => b.length - a.length)

function measureRow(text: string, from: number): number {
  for (const row of ROWS.flatMap((each) => [each, [...each].toReversed().join('')]))
    for (let length = row.length; length >= SHORTEST_ROW; length -= 1) {
      const said = text.slice(from, from + length)
      if (said.length === length && row.includes(said)) return length
    }
  return 0
}

const measureWord = (text: string, from: number) =>
  WORDS.find((word) => word.length >= REPEATED && text.startsWith(word, from))?.length ?? 0

/** How many characters from here stand before in the same order. */
function measureRepeat(text: string, from: number): number {
  let length = 0
  while (
    from + length < text.length &&
    text.slice(0, from + length).includes(text.slice(from, from + length + 1))
  )
    length += 1
  return length
}

/** The steps from each character to the next, as characters. */
function writeSteps(text: string): string {
  const codes = Array.from(text, (_, at) => text.charCodeAt(at))
  return codes
    .slice(1)
    .map((code, at) => String.fromCharCode(0x8000 + code - (codes[at] ?? 0)))
    .join('')
}

/** How many characters from here on follow from the ones before. One: it has to be guessed. */
function measureKnown({ text, steps, at }: { text: string; steps: string; at: number }): number {
  const repeated = measureRepeat(text, at)
  const stepped = at === 0 ? 0 : measureRepeat(steps, at - 1)
  return Math.max(
    1,
    repeated >= REPEATED ? repeated : 0,
    stepped >= SAME_STEPS ? stepped : 0,
    measureWord(text, at),
    measureRow(text, at),
  )
}

/**
 * Bits that somebody has to guess of a secret, at most: the logarithm of how many different
 * characters it has, once for each character that does not follow from others. A word and a row of
 * the keyboard follow from their first character, a repetition and a run from what they repeat; of
 * what can be spoken two letters of three do, and of separators all but the first.
 */
export function estimateBits(secret: string): number {
  const text = secret.toLowerCase()
  const steps = writeSteps(text)
  const guessed = new Set<number>()
  for (let at = 0; at < text.length; at += measureKnown({ text, steps, at })) guessed.add(at)
  for (const { 0: letters, index } of secret.matchAll(LETTERS))
    if (!UNSPEAKABLE.test(letters))
      for (let at = 0; at < letters.length; at += 1) if (at % 3 !== 0) guessed.delete(index + at)
  for (const { 0: separator, index } of secret.matchAll(SEPARATORS))
    if (secret.indexOf(separator) < index) guessed.delete(index)
  return guessed.size * Math.log2(new Set(secret).size)
}

/** What is wrong with a secret of our own, for the operator who set it. Null: nothing. */
export function findWeakness(secret: string): string | null {
  if (secret.length < SHORTEST) return `has ${secret.length} characters, and needs ${SHORTEST}`
  const bits = Math.floor(estimateBits(secret))
  return bits < FEWEST_BITS
    ? `can be guessed: words, runs and repetitions leave ${bits} of the ${FEWEST_BITS} bits it needs`
    : null
}
