/**
 * `npm run bench`: installs what is missing, then measures. See docs/benchmarks.md.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

if (!existsSync(path.join(root, 'node_modules', '.package-lock.json'))) {
  console.log('   …  installing what is in package-lock.json')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

const args = ['--import', 'tsx', path.join(root, 'bench/run.ts'), ...process.argv.slice(2)]
const bench = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
// Ctrl-C reaches both; the child stops its servers, and this one waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bench.kill(signal))
bench.on('close', (code) => {
  process.exitCode = code ?? 1
})
