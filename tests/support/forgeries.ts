import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { hashAnnouncement } from '@/domain/opening/queries'
import type { OpeningLog } from '@/domain/proof/schema'
import { signStatement } from '@/lib/crypto/receipt'

export type Forgery = [
  name: string,
  /** What the verifier reports as wrong. */
  found: string,
  change: (log: OpeningLog) => unknown,
  /** What diners who were there have saved. */
  kept?: 'receipt' | 'snapshot',
]

export const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
/** The id of nobody’s entry. */
export const stranger = 'ab'.repeat(16)
export const one = <Item>(items: Item[]): Item => items[0] ?? expect.fail('an empty list')
export const shift = (instant: string, byMs: number) =>
  new Date(Date.parse(instant) + byMs).toISOString()

/** Signed as the operator could, so that the signature does not give the change away. */
export function seal({ seal: _, ...log }: OpeningLog): string {
  const said = JSON.stringify(log).slice(0, -1)
  const sum = sha256(said)
  const signature = signStatement(`opening log ${sum}`)
  return `${said},"seal":${JSON.stringify({ sha256: sum, signature })}}`
}

const seedOf = (draw: { entriesHash: string; secret: string; beaconValue: string | null }) =>
  sha256(Buffer.from(draw.entriesHash + draw.secret + (draw.beaconValue ?? ''), 'hex'))

/** As thorough as the operator could be: everything that follows from a change is changed too. */
export function followUp(log: OpeningLog) {
  log.entryCount = log.entries.length
  log.entriesHash = sha256(log.entries.join(''))
  log.announcement.commitment = sha256(Buffer.from(log.secret, 'hex'))
  log.announcementHash = hashAnnouncement(log.announcement)
  log.orderSeed = seedOf(log)
  for (const cohort of log.cohorts) {
    const own = log.late.filter((it) => it.cohort === cohort.cohort).map(({ entry }) => entry)
    cohort.entryCount = own.length
    cohort.entriesHash = sha256(own.join(''))
    cohort.orderSeed = seedOf(cohort)
  }
  for (const turn of log.turns) turn.dueAt = null
}
