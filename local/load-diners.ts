/**
 * Makes diners and writes their bearer tokens, one a line, for load generators.
 *
 *     npm run load:diners -- --count 2000 --out tokens.txt
 *
 * They are diners of the service whose DATABASE_URL and AUTH_SECRET are in the environment, in
 * `.env.local` or in `.env`; otherwise of the demo in this folder. A person with both values could
 * make accounts anyway.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { SessionClaims } from '@/lib/crypto/session-token'
import { createDiners, createSessions } from '@/prisma/factories'

const MOST = 1_000_000
const BATCH_MS = 60_000
const USAGE = 'Usage: npm run load:diners -- --count N --out FILE'

async function loadDiners({ count, out }: { count: number; out: string }): Promise<void> {
  // Imported only now, because it reads the environment on import.
  const { SESSION_SECONDS, signSession } = await import('@/lib/crypto/session-token')
  // The two seconds of a request's statement are too few for a batch on a busy machine.
  const pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: 1,
    statement_timeout: BATCH_MS,
  })
  const endsAt = Math.floor(Date.now() / 1000) + SESSION_SECONDS
  try {
    const diners = await createDiners(pool, { count })
    const tokens: string[] = []
    const sessions = await createSessions(pool, { accountIds: diners.map(({ id }) => id) })
    for (const { id, email } of diners) {
      const who: SessionClaims = {
        accountId: id,
        email,
        name: '손님',
        role: 'DINER',
        locale: 'ko',
        epoch: 0,
        awaitsApproval: false,
        sessionId: sessions.get(id) ?? null,
        endsAt,
      }
      tokens.push(await signSession(who))
    }
    writeFileSync(out, `${tokens.join('\n')}\n`, { mode: 0o600 })
  } finally {
    await pool.end()
  }
}

function readOptions(): { count: number; out: string } | null {
  const options = { count: { type: 'string' }, out: { type: 'string' } } as const
  const { values } = parseArgs({ options, strict: false })
  const count = Number(values.count)
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST
  return isCount && typeof values.out === 'string' ? { count, out: values.out } : null
}

for (const file of ['.env.local', '.env', '.local/demo/demo.env']) {
  if (existsSync(file)) process.loadEnvFile(file)
}
const options = readOptions()
if (!options) {
  process.stderr.write(`${USAGE} (at most ${MOST})\n`)
  process.exitCode = 2
} else if (!process.env.DATABASE_URL || !process.env.AUTH_SECRET) {
  process.stderr.write(
    'Start the demo first (npm run demo), or set DATABASE_URL and AUTH_SECRET.\n',
  )
  process.exitCode = 1
} else {
  await loadDiners(options).then(
    () => process.stdout.write(`${options.count} diners can sign in: ${options.out}\n`),
    (error: Error) => {
      process.stderr.write(`No diners were made: ${error.message}. Is the demo running?\n`)
      process.exitCode = 1
    },
  )
}
