import { describe, expect, test } from 'vitest'
import { checkAudited } from '@/local/checks/audited'

const writer = {
  file: 'domain/identity/audit.commands.ts',
  source:
    'export async function recordAct(tx) { await tx.$queryRaw`INSERT INTO audit_events VALUES (1)` }',
}
const kit = {
  file: 'domain/restaurant/commands.ts',
  source: `import { recordAct } from '@/domain/identity/audit.commands'
    export async function editRestaurant({ work }) {
      return runTransaction(async (tx) => {
        const record = (act) => recordAct(tx, act)
        return work({ tx, record })
      })
    }
    export async function setOpen(tx, isOpen) { await tx.$executeRaw\`UPDATE restaurants SET open = \${isOpen}\` }`,
}
const imports = `import { recordAct } from '@/domain/identity/audit.commands'
  import { editRestaurant, setOpen } from '../restaurant/commands'\n`

/** What the check says of one command, which is planted beside the writer. */
function judge(body: string, exceptions: Record<string, string> = {}): string[] {
  const source = `${imports}export async function act({ id }) { ${body} }`
  const planted = { file: 'domain/line/act.commands.ts', source }
  return checkAudited([writer, kit, planted], exceptions).map(
    ({ file, message }) => `${file}: ${message}`,
  )
}
const unrecorded = ['domain/line/act.commands.ts: act writes without an audit event']

describe('a command that writes records an event (G11)', () => {
  test.each([
    ['INSERT', 'await pool.query("INSERT INTO lines VALUES ($1)", [id])'],
    ['UPDATE', 'await runTransaction((tx) => tx.$executeRaw`UPDATE tickets t SET rank = 1`)'],
    ['DELETE', 'await prisma.$executeRawUnsafe("DELETE FROM lines")'],
    ['a model', 'await prisma.ticket.update({ where: { id }, data: {} })'],
    ['a step of another room', 'await runTransaction((tx) => setOpen(tx, true))'],
    [
      'a kit that only offers the writer',
      'await editRestaurant({ work: ({ tx }) => setOpen(tx, true) })',
    ],
  ])('is told when it does not: %s', (_, body) => {
    expect(judge(body)).toEqual(unrecorded)
  })

  test.each([
    [
      'through the writer',
      'await runTransaction(async (tx) => { await setOpen(tx, true); await recordAct(tx, {}) })',
    ],
    [
      'through what it is given',
      'await editRestaurant({ work: async ({ tx, record }) => { await setOpen(tx, true); await record({}) } })',
    ],
    ['and may lock and read without one', 'await pool.query("SELECT id FROM tickets FOR UPDATE")'],
  ])('is left alone when it does: %s', (_, body) => {
    expect(judge(body)).toEqual([])
  })

  test('writes no event past the writer', () => {
    const body =
      'await runTransaction(async (tx) => { await tx.auditEvent.create({ data: {} }); await recordAct(tx, {}) })'
    expect(judge(body)).toEqual([
      'domain/line/act.commands.ts: act writes audit_events past recordAct',
    ])
  })

  test('is excepted by name, and an exception that is not needed is told', () => {
    const exceptions = { 'domain/line/act.commands.ts act': 'a sweep' }
    expect(judge('await pool.query("DELETE FROM lines")', exceptions)).toEqual([])
    expect(judge('return id', exceptions)).toEqual([
      'domain/line/act.commands.ts: act needs no exception from the audit',
    ])
  })
})
