import { readFileSync } from 'node:fs'

const SUFFIX = '_FILE'

type Environment = Record<string, string | undefined>

/** What is wrong with the file that a variable names, or its content without the last line break. */
function readVariableFile(file: string): { content: string } | { problem: string } {
  try {
    const content = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/[\r\n]+$/, '')
    return content.trim() === '' ? { problem: `${file} is empty` } : { content }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { problem: `${file} can't be read (${String(error.code)})` }
  }
}

/**
 * Sets each variable whose `<name>_FILE` names a file to that file's content, as secrets mounted
 * into a container are. The names of the files are removed, so that doing it again changes nothing.
 * Throws with every problem: no such file, an empty one, or both ways at once.
 */
export function loadVariableFiles({
  environment,
  names,
}: {
  environment: Environment
  names: readonly string[]
}): void {
  const problems: string[] = []
  for (const name of names) {
    const file = environment[name + SUFFIX]
    if (!file) continue
    const read = readVariableFile(file)
    if (environment[name]) problems.push(`${name} and ${name + SUFFIX} are both set: keep one`)
    else if ('problem' in read) problems.push(`${name + SUFFIX}: ${read.problem}`)
    else {
      environment[name] = read.content
      delete environment[name + SUFFIX]
    }
  }
  if (problems.length > 0) throw new Error(`Invalid environment variables: ${problems.join('; ')}`)
}
