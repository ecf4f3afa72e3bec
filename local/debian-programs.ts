import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { startProcess } from './child-process'

const FOLDER = path.resolve('.local/debian')
/** Debian's Alertmanager reads its template here and nowhere else. */
const TEMPLATES = '/usr/share/prometheus/alertmanager'

/** Programs that tests start themselves, each with its package. */
const PROGRAMS = {
  promtool: 'prometheus',
  prometheus: 'prometheus',
  'prometheus-alertmanager': 'prometheus-alertmanager',
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
  const failure = missing.length === 0 ? null : await download(missing)
  return failure ?? (names.includes('prometheus-alertmanager') ? placeTemplates() : null)
}

async function download(missing: readonly DebianProgram[]): Promise<string | null> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb'))
    return `${missing.join(', ')} not found, and this is no Debian`
  mkdirSync(FOLDER, { recursive: true })
  const folder = mkdtempSync(path.join(FOLDER, 'download-'))
  try {
    const packages = [...new Set(missing.map((name) => PROGRAMS[name]))]
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
    if (done.status !== 0) return done.stderr.trim()
  }
  return null
}
