import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plantTree } from '../support/plant-tree'

describe('biome', () => {
  const root = join(import.meta.dirname, '../..')

  /** What biome says about each file, as `rule in file`. */
  function lint(files: Record<string, string>): string[] {
    const dir = plantTree(files)
    copyFileSync(join(root, 'biome.json'), join(dir, 'biome.json'))
    const program = join(root, 'node_modules/@biomejs/biome/bin/biome')
    const args = [program, 'lint', '--reporter=concise', '--max-diagnostics=none', '.']
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' })
    expect(stderr + stdout).toContain(`Checked ${Object.keys(files).length + 1} files`)
    const told = (stderr + stdout).matchAll(/^\S+ (\S+?):\d+:\d+: lint\/\w+\/(\w+)/gm)
    return Array.from(told, ([, file, rule]) => `${rule} in ${file}`)
  }

  test('lets pages have a default export and tools write to the console', () => {
    const page = 'export default function Page() {\n  return null\n}\n'
    expect(
      lint({
        'app/[locale]/page.tsx': page,
        'app/error.tsx': page,
        'next.config.ts': 'export default { reactStrictMode: true }\n',
        'local/tool.ts': 'console.log(process.env.PORT)\n',
        'lib/env.ts': 'export const port = process.env.PORT\n',
      }),
    ).toEqual([])
  })

  test('names the rule for everything that the project refuses', () => {
    const planted = {
      'lib/a.ts': ['noDefaultExport', 'export default function makeIt() {}\n'],
      'lib/b.ts': ['noExplicitAny', 'export const anything: any = 1\n'],
      'domain/line/rules.ts': ['noConsole', "console.log('here')\n"],
      'domain/line/queries.ts': ['noProcessEnv', 'export const port = process.env.PORT\n'],
      'components/ui/barrel.ts': ['noBarrelFile', "export { Button } from './button'\n"],
      'lib/c.ts': ['noReExportAll', "export * from './a'\n"],
      'lib/d.ts': [
        'useImportType',
        "import { Pool } from 'pg'\nexport type Store = { pool: Pool }\n",
      ],
      'lib/e.ts': [
        'noFloatingPromises',
        'async function send(): Promise<void> {}\nexport function go(): void {\n  send()\n}\n',
      ],
      'lib/f.ts': [
        'noNonNullAssertion',
        'export const first = (of: number[]) => of[0]!.toFixed()\n',
      ],
      'app/page.tsx': [
        'noExcessiveLinesPerFunction',
        `export default function Page() {\n  let n = 0\n${'  n += 1\n'.repeat(90)}  return n\n}\n`,
      ],
    }
    const files = Object.fromEntries(
      Object.entries(planted).map(([file, [, source]]) => [file, source ?? '']),
    )
    const found = lint(files)
    for (const [file, [rule]] of Object.entries(planted)) {
      expect(found).toContain(`${rule} in ${file}`)
    }
  })
})
