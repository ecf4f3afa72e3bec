import { afterEach } from 'vitest'

const complaints: string[] = []

console.error = (...parts: unknown[]) => {
  complaints.push(
    parts.map((part) => (part instanceof Error ? part.stack : String(part))).join(' '),
  )
}

/** What was said on console.error since it was last asked: for a test that expects a complaint. */
export function takeConsoleErrors(): string[] {
  return complaints.splice(0)
}

afterEach(() => {
  const unexpected = takeConsoleErrors()
  if (unexpected.length > 0) {
    throw new Error(`Unexpected console.error:\n${unexpected.join('\n')}`)
  }
})
