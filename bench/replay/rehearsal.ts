import { readFileSync } from 'node:fs'
import path from 'node:path'
import { COHORT_SECONDS, rehearse } from '@/domain/opening/rehearsal.rules'
import { type RehearsalRates, rehearsalRates } from '@/domain/opening/rehearsal.schema'
import { runScript } from '@/local/run-script'
import { SEATINGS, TABLES } from '../restaurants'
import { FOLDER } from '../stack'
import type { ReplayOptions } from './options'

/** What an owner's rehearsal would measure on these processes. */
export async function probeRates(env: Record<string, string>): Promise<RehearsalRates> {
  const out = path.join(FOLDER, 'rates.json')
  await runScript({ args: ['--import', 'tsx', 'bench/replay/probe.ts', out], env })
  return rehearsalRates.parse(JSON.parse(readFileSync(out, 'utf8')))
}

/** What a rehearsal of the replay's settings expects of it. */
export function foretell({ options, rates }: { options: ReplayOptions; rates: RehearsalRates }) {
  const { diners, lobbySeconds, lateSeconds, turnsPerSecond, pollsPerSecond } = options
  const seats = TABLES.map(({ tables: count, minParty, maxParty }) => ({
    minParty,
    maxParty,
    count,
  }))
  const { figures } = rehearse({
    // The phones of a replay ask no more often than its options allow.
    rates: { ...rates, pollsPerSecond },
    settings: {
      people: diners,
      lobbySeconds,
      lateSeconds,
      gateSeconds: 3_600,
      turnsPerSecond,
      orderBy: 'DRAW',
      drawnAfterSeconds: options.drawnAfterSeconds,
      cohortSeconds: COHORT_SECONDS,
      times: SEATINGS.map(() => seats),
    },
  })
  return { rates, figures }
}
