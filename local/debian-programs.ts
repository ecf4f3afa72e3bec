import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { startProcess } from './child-process'

const POSTGRES = '/usr/lib/postgresql'
const FOLDER = path.resolve('.local/debian')
/** Debian's Alertmanager reads its template here and nowhere else. */
const TEMPLATES = '/usr/share/prometheus/alertmanager'

/** Programs that tests start themselves, each with its package. */
const PROGRAMS = {
  promtool: 'prometheus',
  prometheus: 'prometheus',
  'prometheus-alertmanager': 'prometheus-alertmanager',
  pgbackrest: 'pgbackrest',
} as const
export type DebianProgram = keyof typeof PROGRAMS

/** Where a program is: on the PATH, or unpacked by us. Null: nowhere. */
export function findDebianProgram(name: DebianProgram): string | null {
  const folders = [path.join(FOLDER, 'usr/bin'), ...(process.env.PATH ?? '').split(path.delimiter)]
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null
}

/**
 * Unpacks the packages of missing programs into `.local` without installing them, because installed they
 * would be services that start. Null: they are there. Otherwise what went wrong.
 */
export async function unpackDebianPrograms(
  names: readonly DebianProgram[],
): Promise<string | null> {
  const missing = names.filter((name) => !findDebianProgram(name))
  const packages = [...new Set(missing.map((name) => PROGRAMS[name]))]
  const failure = packages.length === 0 ? null : await download(packages)
  return failure ?? (names.includes('prometheus-alertmanager') ? placeTemplates() : null)
}

export interface DebianPostgres {
  bin: string
  majorVersion: string
}

/** The newest server that is installed, or unpacked by us. Its programs are on no PATH. */
export function findDebianPostgres(): DebianPostgres | null {
  const found = [POSTGRES, path.join(FOLDER, POSTGRES)]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => ({ folder, name })))
    .map(({ folder, name }) => ({ bin: path.join(folder, name, 'bin'), majorVersion: name }))
    .filter(({ bin }) => existsSync(path.join(bin, 'initdb')))
  return found.sort((a, b) => Number(b.majorVersion) - Number(a.majorVersion))[0] ?? null
}

/** Unpacks the server of this Debian, as above. */
export async function unpackDebianPostgres(): Promise<string | null> {
  if (findDebianPostgres()) return null
  const listed = spawnSync('apt-cache', ['depends', 'postgresql'], { encoding: 'utf8' })
  const named = /Depends: (postgresql-\d+)/.exec(listed.stdout ?? '')?.[1]
  return download([named ?? 'postgresql'])
}

async function download(packages: string[]): Promise<string | null> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb'))
    return `${packages.join(', ')} not found, and this is no Debian`
  mkdirSync(FOLDER, { recursive: true })
  const folder = mkdtempSync(path.join(FOLDER, 'download-'))
  try {
    return await unpack({ packages, folder })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function placeTemplates(): string | null {
  if (existsSync(TEMPLATES)) return null
  if (process.getuid?.() !== 0) return `no ${TEMPLATES}: install prometheus-alertmanager`
  cpSync(path.join(FOLDER, TEMPLATES), TEMPLATES, { recursive: true })
  return null
}

async function unpack({
  packages,
  folder,
}: {
  packages: string[]
  folder: string
}): Promise<string | null> {
  const aptGet = await startProcess({
    name: 'apt-get',
    command: 'apt-get',
    args: ['download', ...packages],
    cwd: folder,
    env: process.env,
  })
  const { code } = await aptGet.exited
  if (code !== 0) return aptGet.readLastLines().at(-1) ?? `apt-get ended with ${code}`
  for (const file of readdirSync(folder)) {
    const done = spawnSync('dpkg-deb', ['-x', path.join(folder, file), FOLDER], {
      encoding: 'utf8',
    })
    if (done.status !== 0) return done.stderr.trim().split('\n').at(-1) ?? ''
  }
  return null
}
