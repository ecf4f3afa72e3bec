import layout from './layout.json' with { type: 'json' }
import type { Finding } from './tree'

/** Records of the past, which keep their words, and the list itself. */
const history =
  /^(prisma\/migrations|bench\/results)\/|^CHANGELOG\.md$|^local\/checks\/layout\.json$/

const words = layout.retiredWords.map(({ word, instead, allowed }) => ({
  word: new RegExp(word),
  instead,
  allowed: allowed.length > 0 ? new RegExp(allowed.join('|'), 'g') : null,
}))

function findWords(text: string): string[] {
  return words.flatMap(({ word, instead, allowed }) => {
    const found = word.exec(allowed ? text.replace(allowed, '') : text)?.[0]
    return found === undefined ? [] : [`"${found}" is retired, its word is ${instead}`]
  })
}

/** One word per thing: no file name may use a word that the glossary has replaced. */
export function checkRetiredNames(file: string): Finding[] {
  if (history.test(file)) return []
  return findWords(file).map((told) => ({ file, message: `name: ${told}`, severity: 'error' }))
}

/** The same for the text of files: code, comments, SQL, messages, pages. */
export function checkRetiredWords({ file, source }: { file: string; source: string }): Finding[] {
  if (history.test(file)) return []
  return source.split('\n').flatMap((line, index) =>
    findWords(line).map((told): Finding => {
      const message = `line ${index + 1}: ${told}`
      return { file, message, severity: 'error' }
    }),
  )
}
