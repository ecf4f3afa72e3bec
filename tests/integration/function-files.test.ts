import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { checkFiles } from '@/local/checks/files'
import { checkFunctions, describeDifference } from '@/prisma/check-functions'
import { readFunctionFiles } from '@/prisma/function-files'
import { planFunctionMigration, writeMigration } from '@/prisma/function-migration'
import { withMigratedDatabase } from '@/prisma/migrated-database'
import { plantTree } from '../support/plant-tree'

const connectionString = inject('stack').postgres.ownerUrl

const TABLE = 'CREATE TABLE bowls (id INT PRIMARY KEY, rice TEXT);'
const COUNT = `CREATE OR REPLACE FUNCTION count_bowls() RETURNS integer
LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer FROM bowls
$$;`
const KEEP = `CREATE OR REPLACE FUNCTION keep_rice() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;`
const TRIGGER = `CREATE OR REPLACE TRIGGER bowls_keep_rice BEFORE UPDATE ON bowls
  FOR EACH ROW EXECUTE FUNCTION keep_rice();`
const VIEW = 'CREATE OR REPLACE VIEW full_bowls AS SELECT id FROM bowls WHERE rice IS NOT NULL;'

const planted = {
  'functions/booking/count_bowls.sql': `-- How many there are.\n${COUNT}\n`,
  'functions/booking/keep_rice.sql': `${KEEP}\n`,
  'functions/line/bowls_keep_rice.sql': `${TRIGGER}\n`,
  'functions/line/full_bowls.sql': `${VIEW}\n`,
  'migrations/001_bowls/migration.sql': [TABLE, COUNT, KEEP, TRIGGER, VIEW].join('\n'),
}

function plant(changes: Record<string, string | null> = {}) {
  const files = Object.entries({ ...planted, ...changes })
  const dir = plantTree(
    Object.fromEntries(files.filter((entry): entry is [string, string] => entry[1] !== null)),
  )
  return { functionsFolder: join(dir, 'functions'), migrationsFolder: join(dir, 'migrations') }
}

function check(changes: Record<string, string | null>) {
  return checkFunctions({ connectionString, ...plant(changes) })
}

describe('the check of functions against migrations', () => {
  test('is silent where functions, triggers and views match their files', async () => {
    expect(await check({})).toEqual([])
  })

  test.each([
    ['a body', 'booking/count_bowls', COUNT.replace('FROM bowls', 'FROM bowls WHERE id > 0')],
    ['a comment in a body', 'booking/count_bowls', COUNT.replace('FROM', '-- all\nFROM')],
    ['a volatility', 'booking/count_bowls', COUNT.replace('STABLE', 'VOLATILE')],
    ['a parameter', 'booking/count_bowls', COUNT.replace('()', '(p_more integer DEFAULT 0)')],
    ['a trigger', 'line/bowls_keep_rice', TRIGGER.replace('UPDATE', 'DELETE')],
    ['a view', 'line/full_bowls', VIEW.replace('NOT NULL', 'NULL')],
  ])('tells that %s differs', async (_, name, statement) => {
    const [difference, ...others] = await check({ [`functions/${name}.sql`]: statement })
    expect(others).toEqual([])
    expect(difference).toMatchObject({ name: name.split('/')[1], how: 'differs' })
  })

  test('names what can’t be replaced, and why', async () => {
    const statement = COUNT.replace('RETURNS integer', 'RETURNS bigint').replace('::integer', '')
    const differences = await check({ 'functions/booking/count_bowls.sql': statement })
    expect(differences.map(describeDifference)).toEqual([
      expect.stringMatching(
        /count_bowls\.sql: .*\(cannot change return type.*db:function -- count/,
      ),
    ])
  })

  test('names a function without a file, and a file without a function', async () => {
    const differences = await check({
      'functions/line/full_bowls.sql': null,
      'functions/line/empty_bowls.sql': VIEW.replace('full', 'empty'),
    })
    expect(differences).toEqual([
      { name: 'empty_bowls', how: 'no-migration', file: 'line/empty_bowls.sql' },
      { name: 'full_bowls', how: 'no-file' },
    ])
  })

  test('refuses a file that holds another name than its own, or two definitions', () => {
    const wrong = plant({ 'functions/line/full_bowls.sql': COUNT })
    expect(() => readFunctionFiles(wrong.functionsFolder)).toThrow('line/full_bowls.sql')
    const twice = plant({ 'functions/line/count_bowls.sql': COUNT })
    expect(() => readFunctionFiles(twice.functionsFolder)).toThrow('has a file already')
  })
})

describe('the migration written from the files', () => {
  async function write({
    changes,
    names = [],
  }: {
    changes: Record<string, string | null>
    names?: string[]
  }) {
    const { functionsFolder, migrationsFolder } = plant(changes)
    const files = readFunctionFiles(functionsFolder)
    const plan = (client: pg.Client) => planFunctionMigration({ client, files, names })
    const sql = await withMigratedDatabase({ connectionString, migrationsFolder, work: plan })
    writeMigration({ folder: migrationsFolder, words: 'bowls', sql })
    return {
      sql,
      differences: await checkFunctions({ connectionString, functionsFolder, migrationsFolder }),
    }
  }

  test('changes, creates and drops until the database matches the files', async () => {
    const { sql, differences } = await write({
      changes: {
        'functions/booking/count_bowls.sql': COUNT.replace('()', '(p_least integer)'),
        'functions/booking/keep_rice.sql': KEEP.replace('OLD', 'NEW'),
        'functions/line/full_bowls.sql': VIEW.replace('id FROM', 'rice FROM'),
        'functions/line/bowls_keep_rice.sql': null,
        'functions/line/bowls_keep.sql': TRIGGER.replace('bowls_keep_rice', 'bowls_keep'),
      },
    })
    expect(differences).toEqual([])
    const drops = sql.split('\n').filter((line) => line.startsWith('DROP'))
    expect(drops).toEqual([
      'DROP VIEW full_bowls;',
      'DROP FUNCTION count_bowls();',
      'DROP TRIGGER bowls_keep_rice ON bowls;',
    ])
  })

  test('contains only the named functions', async () => {
    const { differences } = await write({
      names: ['keep_rice'],
      changes: {
        'functions/booking/keep_rice.sql': KEEP.replace('OLD', 'NEW'),
        'functions/line/full_bowls.sql': VIEW.replace('NOT NULL', 'NULL'),
      },
    })
    expect(differences).toMatchObject([{ name: 'full_bowls' }])
  })

  test('is not written when nothing differs, or when Postgres refuses it', async () => {
    await expect(write({ changes: {} })).rejects.toThrow('make what the files say')
    await expect(write({ changes: {}, names: ['keep_rice'] })).rejects.toThrow('keep_rice')
    const gone = write({ changes: { 'functions/booking/keep_rice.sql': null } })
    await expect(gone).rejects.toThrow('trigger bowls_keep_rice on table bowls depends on')
  })

  test('comes after all others, whatever numbers they have', () => {
    const folder = mkdtempSync(join(plantTree({}), 'migrations-'))
    writeMigration({ folder, words: 'a', sql: 'SELECT 1;' })
    const later = writeMigration({ folder, words: 'b', sql: 'SELECT 1;' })
    expect(readdirSync(folder).sort().at(-1)).toBe(later.split('/').at(-1))
  })
})

describe('a function’s room', () => {
  test('uses only tables and functions of itself and of rooms before it', () => {
    const dir = plantTree({
      'prisma/schema/booking.prisma': 'model Bowl {\n  @@map("bowls")\n}\n',
      'prisma/functions/booking/count_bowls.sql': `${COUNT}\n`,
      'prisma/functions/identity/count_bowls_twice.sql': `-- bowls\n${COUNT}\n`,
      'prisma/functions/identity/count.sql': 'SELECT count_bowls(); -- bowls\n',
      'prisma/functions/kitchen/cook.sql': 'SELECT 1;\n',
    })
    const findings = checkFiles(dir).filter(({ file }) => file.startsWith('prisma/functions/'))
    expect(findings.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'prisma/functions/identity/count.sql: names count_bowls of booking, which comes after identity',
      'prisma/functions/identity/count_bowls_twice.sql: names count_bowls of booking, which comes after identity',
      'prisma/functions/identity/count_bowls_twice.sql: names bowls of booking, which comes after identity',
      expect.stringContaining('prisma/functions/kitchen/cook.sql: "kitchen" is no room'),
    ])
  })
})
