import { join } from 'node:path'
import { claimNumberedFolder } from '@/local/folder-claim'
import { startPostgres } from '@/local/postgres'
import { checkSchema } from '@/prisma/check-schema'

/** The server at `CHECK_DATABASE_URL` when one is running already, else one of our own. */
async function withServer<Answer>(work: (connectionString: string) => Promise<Answer>) {
  const given = process.env.CHECK_DATABASE_URL
  if (given) return work(given)
  const claim = await claimNumberedFolder(join(process.cwd(), '.local/validate'))
  const folder = join(claim.folder, 'postgres')
  const server = await startPostgres({ folder, isDurable: false, whenUnusable: 'wipe' })
  try {
    await server.ensureDatabase({ name: 'check' })
    return await work(server.nameOwnerUrl('check'))
  } finally {
    await server.stop()
    claim.release()
  }
}

const agreement = await withServer((connectionString) => checkSchema({ connectionString }))
if (!agreement.agrees) {
  console.log(`The Prisma schema says what no migration does; this is missing:\n${agreement.sql}`)
  process.exitCode = 1
}
