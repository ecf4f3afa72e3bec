import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes a small project into a folder of its own, which is deleted when the test has finished. */
export function plantTree(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'bobjool-tree-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(join(dir, dirname(file)), { recursive: true })
    writeFileSync(join(dir, file), source)
  }
  return dir
}
