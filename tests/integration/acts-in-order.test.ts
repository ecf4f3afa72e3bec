import { beforeEach, expect, test } from 'vitest'
import { recordAct, SERVICE } from '@/domain/identity/audit.commands'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const subjectId = '6f4d2c0e-9a59-4b53-8a63-0f3f1c1d7a11'

const record = (tx: Transaction, to: 'SEATED' | 'LEFT') =>
  recordAct(tx, {
    actor: SERVICE,
    subject: 'RESERVATION',
    subjectId,
    act: to === 'SEATED' ? 'SEAT' : 'LEAVE',
    from: to === 'SEATED' ? 'CONFIRMED' : 'SEATED',
    to,
  })

const listActs = () =>
  database.query<{ act: string; at: Date }>('SELECT act, at FROM audit_events ORDER BY at')

test('an act that waited for another one happens after it, though its transaction began first', async () => {
  await runTransaction(async (tx) => {
    await tx.$queryRaw`SELECT now()::text`
    await runTransaction((other) => record(other, 'SEATED'))
    await record(tx, 'LEFT')
  })
  expect((await listActs()).map(({ act }) => act)).toEqual(['SEAT', 'LEAVE'])
})

test('acts within one millisecond have instants of their own', async () => {
  await runTransaction(async (tx) => {
    for (const to of ['SEATED', 'LEFT', 'SEATED', 'LEFT'] as const) await record(tx, to)
  })
  const instants = (await listActs()).map(({ at }) => at.getTime())
  expect(new Set(instants).size).toBe(4)
})
