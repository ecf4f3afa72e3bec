import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One check's finding in one file. A warning is shown but fails nothing. */
export type Finding = { file: string; message: string; severity: 'error' | 'warning' }

const skippedFolders = new Set(['node_modules', 'generated', 'test-results'])

/** Folders that begin with a dot belong to tools and machines, except GitHub's. */
function isWalked(folder: string): boolean {
  return !skippedFolders.has(folder) && (!folder.startsWith('.') || folder === '.github')
}

/** `.env` and `.env.local` are a developer's own and never committed. */
function isOurs(file: string): boolean {
  return !/^\.env(\.(?!example$)|$)/.test(file) && !file.endsWith('.tsbuildinfo')
}

/**
 * Every file of the project, as a path relative to `dir` with forward slashes, sorted. It walks
 * instead of asking git, so that the checks work in an unpacked archive and in a planted tree.
 */
export function listFiles(dir: string): string[] {
  const found: string[] = []
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(dir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory() && isWalked(entry.name)) walk(path)
      if (entry.isFile() && isOurs(entry.name)) found.push(path)
    }
  }
  walk('')
  return found.sort()
}
