import pg from 'pg'
import { vi } from 'vitest'
import { readBook } from '@/domain/guest/book-file.queries'
import { writeBookCsv } from '@/domain/guest/book-file.rules'
import { importGuests } from '@/domain/guest/import.commands'
import { readImport } from '@/domain/guest/import.queries'
import type { GuestImport, GuestImportPage, LineVerdict } from '@/domain/guest/import.schema'
import ko from '@/messages/ko/guests.json'
import { actorOf } from './booking-restaurant'
import type { TestDatabase } from './database'

type Place = { restaurantId: string; ownerId: string }

/** Imports as an owner does, and keeps the work that goes on after the answer for the test to run. */
export function createImporter({ restaurantId, ownerId }: Place) {
  const afterwards: (() => Promise<void>)[] = []
  const submit = (text: string | Uint8Array, { isDryRun = false, by = ownerId } = {}) =>
    importGuests({
      restaurantId,
      isDryRun,
      actor: actorOf(by),
      bytes: typeof text === 'string' ? Buffer.from(text) : text,
      later: (work) => afterwards.push(work),
    })
  /** The same, which must be accepted. */
  const send = async (text: string, how: { isDryRun?: boolean } = {}): Promise<GuestImport> => {
    const answer = await submit(text, how)
    if (!answer.ok) throw new Error(answer.reason)
    return answer.value
  }
  const verdictsOf = async (
    text: string,
    how: { isDryRun?: boolean } = {},
  ): Promise<LineVerdict[]> => (await send(text, how)).verdicts
  const look = async (importId: string, how: object = {}): Promise<GuestImportPage> => {
    const asked = { restaurantId, importId, accountId: ownerId, attention: false, limit: 200 }
    const read = await readImport({ ...asked, ...how })
    if (!read.ok) throw new Error(read.reason)
    return read.value
  }
  const finish = async () => {
    for (const work of afterwards.splice(0)) await work()
  }
  const download = async () => {
    let text = ''
    for await (const piece of writeBookCsv(readBook(restaurantId), ko.file)) text += piece
    return text
  }
  return { submit, send, verdictsOf, look, finish, afterwards, download }
}

/** Everything that the guest book has, to be compared. */
export const readWholeBook = (database: TestDatabase) =>
  database.query<{ row: string }>(
    `SELECT g::text AS row FROM guests g UNION ALL SELECT t::text FROM guest_tags t
     UNION ALL SELECT m::text FROM guest_tag_marks m UNION ALL SELECT d::text FROM guest_diets d ORDER BY row`,
  )

/** A file of so many different people, every hundredth with an allergy. */
export function writeMany(count: number): string {
  const line = (n: number) => {
    const name = String.fromCodePoint(
      44_032 + 588 * (n % 7),
      44_032 + (n % 3_000),
      46_000 + (n % 5_000),
    )
    const diet = n % 100 === 0 ? '땅콩,전화,2026-01-05' : ',,'
    return `${name},010-${String(1_000 + Math.floor(n / 10_000))}-${String(n % 10_000).padStart(4, '0')},단골,메모 ${n},${diet}`
  }
  const lines = Array.from({ length: count }, (_, n) => line(n))
  return `이름,전화,태그,메모,알레르기,동의,동의일\n${lines.join('\n')}\n`
}

/**
 * Runs work, and counts the statements that it sends to Postgres. Where they are sent, because each connection
 * of the pool has a `query` of its own.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const sent = vi.spyOn(pg.Query.prototype, 'submit')
  try {
    await work()
    return sent.mock.calls.length
  } finally {
    sent.mockRestore()
  }
}
