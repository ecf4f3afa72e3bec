import { afterEach } from 'vitest'

const complaints: string[] = []

console.error = (...parts: unknown[]) => {
  complaints.push(
    parts.map((part) => (part instanceof Error ? part.stack : String(part))).join(' '),
  )
}

/** Everything on console.error since the last call: for a test that expects a complaint. */
export function takeConsoleErrors(): string[] {
  return complaints.splice(0)
}

afterEach(() => {
  const unexpected = takeConsoleErrors()
  if (unexpected.length > 0) {
    throw new Error(`Unexpected console.error:\n${unexpected.join('\n')}`)
  }
})
