import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Locked {
  dev?: boolean
  devOptional?: boolean
}

const { packages }: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
)
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

/** Where a file of a package lies, as the lock file names it. Null: it is no package's. */
const placeOf = (file: string): string | null =>
  /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null

/** Places of packages that `npm ci` leaves out in production. */
const isLeftOut = (place: string): boolean => {
  const { dev = false, devOptional = false } = packages[place] ?? {}
  return dev || devOptional
}

test('NODE_ENV=production npm ci brings every type that the build checks', () => {
  const typescript = 'node_modules/typescript/bin/tsc'
  const args = [typescript, '-p', 'tsconfig.build.json', '--listFilesOnly']
  const files = execFileSync(process.execPath, args, { encoding: 'utf8' }).split('\n')
  const places = new Set(files.map(placeOf).filter((place) => place !== null))
  expect(places.size).toBeGreaterThan(30)
  expect(places).toContain('node_modules/@types/react-dom')
  expect([...places].filter(isLeftOut)).toEqual([])
})

test('and what styles and the build itself are made with', () => {
  const styles = ['app', 'components', 'emails']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.css'))
  const imported = styles.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/@(?:import|plugin) ["']([^."'/][^"'/]*)/g)].map(
      ([, name = '']) => name,
    ),
  )
  const config = readFileSync('postcss.config.mjs', 'utf8')
  const plugins = [...config.matchAll(/'(@?[\w-]+\/[\w-]+)'/g)].map(([, name = '']) => name)
  expect(imported.length).toBeGreaterThan(0)
  expect(plugins).toEqual(['@tailwindcss/postcss'])
  // Without it Next would install it by itself, or fail.
  const all = [...imported, ...plugins, 'typescript', 'prisma', 'tsx', 'next']
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(all))
})
