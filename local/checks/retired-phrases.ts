import phrases from './phrases.json' with { type: 'json' }
import type { Finding } from './tree'

/** Records of the past keep their words, and the list itself has to spell them. */
const history =
  /^(prisma\/migrations|bench\/results|docs\/decisions)\/|^CHANGELOG\.md$|^local\/checks\/phrases\.json$/

/** Where sentences in that language stand. English words are also names in code, so only here. */
const places = {
  ko: /./,
  en: /^(messages\/en|emails|lib\/problems)\/(?!.*\.test\.)|^domain\/notification\/(slack|calendar)\.rules\.ts$/,
}

const retired = phrases.map(({ language, phrase, instead }) => ({
  place: language === 'ko' ? places.ko : places.en,
  phrase: new RegExp(phrase),
  instead,
}))

/**
 * In Korean a particle follows the last sound of its word, and nobody knows that of a value. These
 * always end alike: dates and days in 일, 오늘 or 밤, roles in a consonant.
 */
const endsAlike = /\{(day|date|role)\}$/
const particle = /\$?\{[^{}]*\}(?=(은|는|이|가|을|를|과|와|으로|로|이에요|예요)(?![가-힣]))/g
/** A value chosen from a list of words, which end alike. */
const chosen = /(\? '[^']*' : '[^']*'|\])\}$/

/** A syllable with a final consonant takes 을, never 를. */
const syllable = /([가-힣])를(?![가-힣])/g
const hasFinal = (letter: string) => (letter.charCodeAt(0) - 0xac00) % 28 !== 0

function findParticles(line: string): string[] {
  const wrong = [...line.matchAll(syllable)]
    .filter(([, letter = '']) => hasFinal(letter))
    .map(([found]) => `"${found}" has the particle of a vowel after a consonant`)
  const values = [...line.matchAll(particle)]
    .filter(([place]) => !endsAlike.test(place) && !chosen.test(place))
    .map(([place, follows]) => `"${place}${follows}" has a particle that not every value takes`)
  return [...wrong, ...values]
}

/** Sentences are said as decided: no line may hold a phrase that was replaced as unclear. */
export function checkRetiredPhrases({ file, source }: { file: string; source: string }): Finding[] {
  if (history.test(file)) return []
  const refused = retired.filter(({ place }) => place.test(file))
  return source.split('\n').flatMap((line, index) => {
    const told = refused.flatMap(({ phrase, instead }) => {
      const found = phrase.exec(line)?.[0]
      return found === undefined ? [] : [`"${found}" is retired, say ${instead}`]
    })
    const particles = file.includes('.test.') ? [] : findParticles(line)
    return [...told, ...particles].map((what): Finding => {
      return { file, message: `line ${index + 1}: ${what}`, severity: 'error' }
    })
  })
}
