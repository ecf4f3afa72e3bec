import type { Finding } from './tree'

/** Folders that exist only on one person's or one runner's machine. */
const machinePath = /(?<![\w.])\/(work|root|home\/\w+|Users\/\w+)\/|\.\.\/shared\b/

/** A clone has to work in any folder, and its pages have to make sense to every reader. */
export function checkMachinePaths({ file, source }: { file: string; source: string }): Finding[] {
  return source.split('\n').flatMap((line, index) => {
    const found = machinePath.exec(line)?.[0]
    if (found === undefined) return []
    const message = `line ${index + 1} names a path of one machine: ${found}`
    return [{ file, message, severity: 'error' }]
  })
}
