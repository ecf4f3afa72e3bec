import { join } from 'node:path'
import { lockNumberedFolder } from './folder-lock'
import { startPostgres } from './postgres'

/**
 * Lends an owner's connection to a server on which databases may come and go: the one at
 * `CHECK_DATABASE_URL` where one is running already, else one of our own.
 */
export async function withScratchPostgres<Answer>(
  work: (connectionString: string) => Promise<Answer>,
): Promise<Answer> {
  const given = process.env.CHECK_DATABASE_URL
  if (given) return work(given)
  const lock = await lockNumberedFolder(join(process.cwd(), '.local/validate'))
  const folder = join(lock.folder, 'postgres')
  const server = await startPostgres({ folder, isDurable: false, whenUnusable: 'wipe' })
  try {
    await server.ensureDatabase({ name: 'check' })
    return await work(server.nameOwnerUrl('check'))
  } finally {
    await server.stop()
    lock.release()
  }
}
