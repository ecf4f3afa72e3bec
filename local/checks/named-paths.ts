import layout from './layout.json' with { type: 'json' }
import type { Finding } from './tree'

/** `booking`, `[locale]` or `(signed-in)`, and so on to a file. */
const named = new RegExp(
  String.raw`(?<![\w@./-])(?:${layout.folders.join('|')})/(?:(?:[\w.-]+|\[[\w.]+\]|\([\w-]+\))/)*[\w.-]+\.(?:tsx?|[cm]?js|sql|prisma|md)\b`,
  'g',
)
const commentLine = /^\s*(?:\/\/|\/?\*|--|#)/
/** They tell what was so at the time, and are never edited. */
const past = /^(?:CHANGELOG\.md$|prisma\/migrations\/|bench\/results\/)/

/** A file that a comment or a document names exists, so that a reader who follows it arrives. */
export function checkNamedPaths({
  sources,
  files,
}: {
  sources: { file: string; source: string }[]
  files: string[]
}): Finding[] {
  const existing = new Set(files)
  return sources
    .filter(({ file }) => !past.test(file))
    .flatMap(({ file, source }) =>
      source.split('\n').flatMap((line, index) => {
        if (!file.endsWith('.md') && !commentLine.test(line)) return []
        return [...line.matchAll(named)]
          .filter(([path]) => !existing.has(path))
          .map(([path]) => {
            const message = `line ${index + 1} names ${path}, which does not exist`
            return { file, message, severity: 'error' as const }
          })
      }),
    )
}
