import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startProcess } from '@/local/child-process'
import { SUPERUSER } from '@/local/postgres/cluster'
import { findSystemUser } from '@/local/postgres/system-user'

/** The file that operators install: the drill changes where things are, and nothing else. */
const SHIPPED = path.join(import.meta.dirname, '../../ops/pgbackrest/pgbackrest.conf')
const STANZA = 'bobjool'

export interface Repository {
  archiveCommand: string
  /** Runs one of pgBackRest's commands as the account of the database. */
  run: (order: { args: string[]; password: string }) => Promise<void>
}

/** An empty, encrypted repository beside the cluster's files, of which it backs up those. */
export function makeRepository({
  program,
  data,
  port,
}: {
  program: string
  data: string
  port: number
}): Repository {
  const folder = path.join(path.dirname(data), 'pgbackrest')
  const config = path.join(folder, 'pgbackrest.conf')
  const owner = findSystemUser()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(
    config,
    adapt({
      'repo1-path': path.join(folder, 'repository'),
      'repo1-cipher-pass': randomBytes(32).toString('base64'),
      'lock-path': path.join(folder, 'lock'),
      'pg1-path': data,
      'pg1-port': String(port),
    }),
    { mode: 0o600 },
  )
  if (owner) for (const each of [folder, config]) chownSync(each, owner.uid, owner.gid)
  const common = [`--config=${config}`, `--stanza=${STANZA}`]
  return {
    archiveCommand: `"${program}" ${common.map((each) => `"${each}"`).join(' ')} archive-push "%p"`,
    run: async ({ args, password }) => {
      const command = await startProcess({
        name: `pgbackrest ${args[0]}`,
        command: program,
        args: [...common, ...args],
        cwd: folder,
        env: {
          ...process.env,
          ...{ PGHOST: '127.0.0.1', PGUSER: SUPERUSER, PGPASSWORD: password },
        },
        ...(owner ? { uid: owner.uid, gid: owner.gid } : {}),
      })
      const { code } = await command.exited
      if (code === 0) return
      throw new Error(`${command.name} ended with ${code}:\n${command.readLastLines().join('\n')}`)
    },
  }
}

function adapt(values: Record<string, string>): string {
  let text = readFileSync(SHIPPED, 'utf8')
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^${name}=.*$`, 'm')
    if (!line.test(text)) throw new Error(`${SHIPPED} has no ${name}.`)
    text = text.replace(line, () => `${name}=${value}`)
  }
  return text
}
