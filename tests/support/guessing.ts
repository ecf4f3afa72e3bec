import { hash } from '@node-rs/argon2'
import { signIn } from '@/domain/identity/commands'
import { pool } from '@/lib/db/database'
import type { DeviceOf } from '@/lib/http/sealed-cookie'
import { createDiners } from '@/prisma/factories'

export const RIGHT = 'bobjool-demo'
export const WRONG = 'a wrong guess'

/** That many accounts, whose passwords cost next to nothing to judge. */
export async function createCheapAccounts(count: number): Promise<{ id: string; email: string }[]> {
  const cheap = await hash(RIGHT, { memoryCost: 8, timeCost: 1, parallelism: 1 })
  await createDiners(pool, { count })
  const { rows } = await pool.query<{ id: string; email: string }>(
    'UPDATE accounts SET password_hash = $1 RETURNING id, email',
    [cheap],
  )
  return rows
}

type Visit = { email: string; password: string; address?: string | null; deviceOf?: DeviceOf }

/** The outcome of one sign-in: `in`, or the reason of the refusal. */
export async function visit({ email, password, address = null, deviceOf }: Visit): Promise<string> {
  const browser = { browser: 'CHROME', system: 'WINDOWS' } as const
  const asked = { credentials: { email, password }, address, browser }
  const signedIn = await signIn({ ...asked, ...(deviceOf && { deviceOf }) })
  return signedIn.ok ? 'in' : signedIn.reason
}

/** One after the other, so that each sees what the one before has left. */
export async function visitOften(count: number, asked: Visit): Promise<string[]> {
  const outcomes: string[] = []
  while (outcomes.length < count) outcomes.push(await visit(asked))
  return outcomes
}

export const countOf = (outcomes: string[], outcome: string) =>
  outcomes.filter((one) => one === outcome).length
