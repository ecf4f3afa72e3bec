import path from 'node:path'
import {
  findDebianPostgres,
  findDebianProgram,
  unpackDebianPostgres,
  unpackDebianPrograms,
} from '@/local/debian-programs'
import type { ServerPrograms } from '@/local/postgres/cluster'
import { canReach, findSystemUser } from '@/local/postgres/system-user'

export interface DrillPrograms {
  pgbackrest: string
  server: ServerPrograms
}

/**
 * pgBackRest and PostgreSQL, both from Debian: a pgBackRest knows the servers up to its own year, and one
 * Debian's fit each other. The server that npm brings may be too new for it.
 */
export async function findDrillPrograms(): Promise<DrillPrograms> {
  const failure = (await unpackDebianPrograms(['pgbackrest'])) ?? (await unpackDebianPostgres())
  const pgbackrest = findDebianProgram('pgbackrest')
  const server = findDebianPostgres()
  if (failure || !pgbackrest || !server) throw new Error(`${failure}. ${ADVICE}`)
  const user = findSystemUser()
  for (const program of [pgbackrest, server.bin]) {
    if (user && !canReach({ user, path: program }))
      throw new Error(`The account ${user.name} can't reach ${program}. ${ADVICE}`)
  }
  return {
    pgbackrest,
    server: {
      binaries: {
        initdb: path.join(server.bin, 'initdb'),
        postgres: path.join(server.bin, 'postgres'),
      },
      majorVersion: server.majorVersion,
      localeFlags: ['--locale=C.UTF-8'],
    },
  }
}

const ADVICE = 'The drill needs both: apt-get install pgbackrest postgresql.'
