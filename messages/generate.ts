/**
 * Checks the messages, and writes their types where those have changed. The one way to have them on
 * a fresh clone: `npm run build`, the tests, the demo and `validate` all run it first.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { declareMessages, findMessageFaults, type MessageFiles } from './declarations'

const folder = import.meta.dirname
const output = path.join(folder, 'generated', 'messages.d.ts')

const locales = readLocales()
const faults = findMessageFaults(locales)
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`)
  process.exit(1)
}
const declarations = declareMessages(locales)
if (!existsSync(output) || readFileSync(output, 'utf8') !== declarations) {
  mkdirSync(path.dirname(output), { recursive: true })
  writeFileSync(output, declarations)
}

function readLocales(): MessageFiles {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'generated')
    .map(({ name }) => name)
  return Object.fromEntries(names.map((locale) => [locale, readFiles(locale)]))
}

function readFiles(locale: string) {
  const files = readdirSync(path.join(folder, locale)).sort()
  return Object.fromEntries(
    files.map((file) => [file, JSON.parse(readFileSync(path.join(folder, locale, file), 'utf8'))]),
  )
}
