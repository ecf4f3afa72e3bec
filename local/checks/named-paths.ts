import layout from './layout.json' with { type: 'json' }
import type { Finding } from './tree'

/** Path segments such as `booking`, `[locale]` or `(signed-in)`, down to a file. */
const named = new RegExp(
  String.raw`(?<![\w@./-])(?:${layout.folders.join('|')})/(?:(?:[\w.-]+|\[[\w.]+\]|\([\w-]+\))/)*[\w.-]+\.(?:tsx?|[cm]?js|sql|prisma|md)\b`,
  'g',
)
const commentLine = /^\s*(?:\/\/|\/?\*|--|#)/
/** Files that record the past and are never edited. */
const past = /^(?:CHANGELOG\.md$|prisma\/migrations\/|bench\/results\/)/

/** A file named in a comment or document must exist, so that readers can follow the reference. */
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
