import { beforeAll, describe, expect, inject, test } from 'vitest'
import { checkStatements } from '@/local/statements/check'
import { withMigratedDatabase } from '@/prisma/migrated-database'

const FILE = 'domain/line/planted.queries.ts'
const HEAD = [
  `import { createCall } from '@/lib/db/call'`,
  `import { loadPrisma, pool } from '@/lib/db/database'`,
  `type Reading = <Row>(sql: string, values: unknown[]) => Promise<Row[]>`,
  `const COLUMNS = 'a.id, a.name'`,
  'const live = (alias: string) => `#{alias}.deleted_at IS NULL`',
  'export async function planted(read: Reading, is: boolean, word: string) {',
  'const prisma = await loadPrisma()',
  `const { Prisma } = await import('@/prisma/generated/client')`,
]

/** `#{` stands for a template's `$` and brace. */
const planted: [statement: string, ...faults: string[]][] = [
  ['pool.query<{ id: string; name: string }>(`SELECT #{COLUMNS} FROM accounts a`)'],
  ['pool.query<{ slug: string }>(`SELECT r.slug FROM restaurants r WHERE #{live("r")}`)'],
  [`read<{ at: Date; id: string | null }>('SELECT now() AS at, id FROM accounts', [])`],
  ['prisma.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM slots WHERE id = #{word}::uuid`'],
  [
    'prisma.$queryRaw<unknown[]>`SELECT 1 FROM slots #{is ? Prisma.sql`LIMIT #{1}` : Prisma.empty}`',
  ],
  [`createCall('freeze_opening', { p_opening: 'uuid' }, { togetherBy: () => null, most: 1 })`],
  [`pool.query('SELECT lock_line($1, $2)', [])`],

  [
    `pool.query<{ id: string }>('SELECT ident FROM accounts')`,
    'column "ident" does not exist at “ident FROM accounts”',
  ],
  [
    `pool.query<{ id: string; email: string }>('SELECT id FROM accounts')`,
    '"email" is in its type and no column',
  ],
  [
    `pool.query<{ id: string }>('SELECT id, email FROM accounts')`,
    '"email" is selected and not in its type',
  ],
  [
    `pool.query<{ at: string }>('SELECT created_at AS at FROM accounts')`,
    '"at" is Date (timestamptz) and not string',
  ],
  [
    `pool.query<{ count: number }>('SELECT count(*) FROM accounts')`,
    '"count" is string (int8) and not number',
  ],
  [
    'prisma.$queryRaw<{ count: number }[]>`SELECT count(*) FROM accounts`',
    '"count" is bigint (int8) and not number',
  ],
  [
    `pool.query<{ at: string }>('SELECT id AS at, email AS at FROM accounts')`,
    '"at" is selected twice',
  ],
  [`pool.query('SELECT id FROM accounts').then(String)`, 'its rows are read and have no type'],
  [
    `pool.query<{ phone: string }>('SELECT phone FROM accounts')`,
    '"phone" can be null and its type is string',
  ],
  [
    `pool.query<{ id: string }>('SELECT t.id FROM accounts a LEFT JOIN tickets t ON t.account_id = a.id')`,
    '"id" can be null and its type is string',
  ],
  [
    `pool.query<{ id: string }>('SELECT t.id FROM accounts a JOIN tickets t ON t.account_id = a.id')`,
  ],
  [
    `createCall('freeze_opening', { p_openings: 'uuid' }, { togetherBy: () => null, most: 1 })`,
    'function freeze_opening(p_openings => unknown) does not exist at “freeze_opening(p_openings => $1) AS answ”',
  ],
  [`pool.query(is ? 'SELECT' : 'SELECT wrong')`, 'column "wrong" does not exist at “wrong”'],
  ['pool.query(`SELECT FROM #{word}`)', "its text can't be known before it runs (word)"],
]

describe('the check of raw statements', () => {
  let faults: string[] = []

  beforeAll(async () => {
    const lines = planted.map(([statement]) => `  await ${statement}`)
    const source = [...HEAD, ...lines, '}'].join('\n').replaceAll('#{', '${')
    const overlay = { [FILE]: source }
    faults = await withMigratedDatabase({
      connectionString: inject('stack').postgres.ownerUrl,
      work: (client) => checkStatements({ root: process.cwd(), client, files: [], overlay }),
    })
  })

  test.each(planted)('says what is wrong with %s', (statement, ...expected) => {
    const line = HEAD.length + 1 + planted.findIndex(([planted]) => planted === statement)
    const told = faults.filter((fault) => fault.startsWith(`${FILE}:${line} `))
    expect(told).toEqual(expected.map((fault) => `${FILE}:${line} ${fault}`))
  })
})
