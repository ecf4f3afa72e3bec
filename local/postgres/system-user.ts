import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'

/** The account that runs PostgreSQL when we are root, which PostgreSQL refuses to be. */
export interface SystemUser {
  name: string
  uid: number
  gid: number
}

const CREATED_USER = 'bobjool-postgres'

/** Null when we are not root and can run PostgreSQL ourselves. */
export function findSystemUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null
  return readUser('postgres') ?? readUser(CREATED_USER) ?? createUser()
}

function readUser(name: string): SystemUser | null {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' })
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' })
  if (uid.status !== 0 || gid.status !== 0) return null
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

function createUser(): SystemUser {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  const made = spawnSync('useradd', [...flags, CREATED_USER], { encoding: 'utf8' })
  const user = made.status === 0 ? readUser(CREATED_USER) : null
  if (user) return user
  throw new Error(
    'PostgreSQL refuses to run as root, and no account for it could be created ' +
      `(useradd: ${made.stderr?.trim() || made.error?.message}). ` +
      'Run this as an ordinary user, or set DATABASE_URL to a database of your own.',
  )
}

/** False when a folder on the way is closed to the account, as it is below /root. */
export function canReach({ user, path: target }: { user: SystemUser; path: string }): boolean {
  const listed = spawnSync('ls', ['-d', target], { uid: user.uid, gid: user.gid, stdio: 'ignore' })
  return listed.status === 0
}

/** `folder` itself, or for root a folder outside of it when the account can't get there. */
export function findReachableFolder({
  folder,
  user,
}: {
  folder: string
  user: SystemUser | null
}): string {
  mkdirSync(folder, { recursive: true })
  if (!user || canReach({ user, path: path.join(folder, '.') })) return folder
  const digest = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16)
  const refuge = path.join('/var/lib/bobjool', digest)
  if (!existsSync(refuge)) mkdirSync(refuge, { recursive: true, mode: 0o755 })
  return refuge
}
