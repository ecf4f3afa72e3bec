/**
 * Checks what the rest of the code needs before it can be loaded: a recent enough Node, and the
 * packages of the lock file. Plain JavaScript that needs no package.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'))
}

export function requireNode() {
  const wanted = readJson('package.json').engines.node.replace(/[^\d.]/g, '')
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number)
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new Error(
    `This needs Node ${wanted} or newer, and this is ${process.version}. ` +
      'Install a newer one from https://nodejs.org and try again.',
  )
}

/**
 * @param {{ step: <T>(label: string, work: (report: (detail: string) => void) => Promise<T>) =>
 * Promise<T> }} progress
 */
export async function ensurePackages({ step }) {
  if (arePackagesCurrent()) return
  await step('Installing packages (the first time this takes a minute or two)', runInstall)
}

/**
 * Compares what npm says it installed with the lock file. Optional packages are those of other
 * platforms. A missing list means that an installation was cut short.
 */
function arePackagesCurrent() {
  const installedFile = path.join('node_modules', '.package-lock.json')
  if (!existsSync(path.join(ROOT, installedFile))) return false
  const installed = readJson(installedFile).packages
  const wanted = readJson('package-lock.json').packages
  return Object.entries(wanted).every(([place, { version, optional, devOptional, link }]) => {
    if (place === '' || link) return true
    if (!installed[place]) return Boolean(optional || devOptional)
    return installed[place].version === version
  })
}

/** @param {(detail: string) => void} report */
function runInstall(report) {
  // Packages' scripts would download engines that the project doesn't use, and make links it makes
  // itself.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  const isScript = npm !== undefined && /npm-cli\.c?js$/.test(npm)
  const child = isScript
    ? spawn(process.execPath, [npm, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
      })
  const lines = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      lines.push(...chunk.split('\n').filter((line) => line.trim() !== ''))
      // npm's warnings are for package authors; here they would only look like a fault.
      report(lines.findLast((line) => !/^npm (warn|notice)/.test(line)) ?? '')
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(explain([error.message]))))
    child.once('exit', (code) => {
      if (code === 0) resolve(undefined)
      else reject(new Error(explain(lines)))
    })
  })
}

/** @param {string[]} lines */
function explain(lines) {
  const said = lines.filter((line) => !/^npm (warn|notice)/.test(line)).slice(0, 6)
  return (
    'The packages could not be installed. Check the network and try again; ' +
    `what was downloaded already is kept. npm said:\n    ${said.join('\n    ')}`
  )
}
