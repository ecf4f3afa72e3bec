import { randomUUID } from 'node:crypto'
import { recordAct, recordActOnEach } from '@/domain/identity/audit.commands'
import type { AuditActor } from '@/domain/identity/audit.types'
import { beginAnew, type Transaction } from '@/lib/db/transaction'
import { usualTags } from './entry.types'
import type { ImportedLine, LineVerdict, WaitingLine } from './import.schema'
import { type Addition, addToEntry, isOtherPerson, type KnownEntry } from './import-merge.rules'

type Batch = {
  restaurantId: string
  timeZone: string
  lines: readonly WaitingLine[]
  isDryRun: boolean
  actor: AuditActor
  /** Of the import that goes on after its request. Null: it is answered at once. */
  importId: string | null
}

type FoundRow = {
  id: string
  mergedInto: string | null
  accountId: string | null
  name: string
  email: string | null
}
type EntryRow = {
  id: string
  note: string | null
  ownNote: string | null
  tags: string[]
  allergies: string | null
  dislikes: string | null
  ownAllergies: string | null
  ownDislikes: string | null
}

/** The row that each line is about: by phone, also a diner's own; without a phone by address. */
async function findRows(
  tx: Transaction,
  { restaurantId, asked }: { restaurantId: string; asked: readonly ImportedLine[] },
): Promise<Map<number, string>> {
  const rows = await tx.$queryRaw<{ line: number; id: string }[]>`
    WITH asked AS (
      SELECT a.line, a.phone, a.email
        FROM unnest(${asked.map(({ line }) => line)}::int[], ${asked.map(({ phone }) => phone)}::text[],
                    ${asked.map(({ email }) => email)}::text[]) AS a(line, phone, email)),
    diners AS MATERIALIZED (
      SELECT g.id, g.created_at, d.phone FROM guests g JOIN accounts d ON d.id = g.account_id
       WHERE g.restaurant_id = ${restaurantId}::uuid AND g.account_id IS NOT NULL AND d.phone IS NOT NULL),
    found AS (
      SELECT a.line, g.id, g.created_at, 1 AS rank FROM asked a JOIN guests g ON g.phone = a.phone
       WHERE g.restaurant_id = ${restaurantId}::uuid
      UNION ALL
      SELECT a.line, d.id, d.created_at, 2 FROM asked a JOIN diners d ON d.phone = a.phone
      UNION ALL
      SELECT a.line, g.id, g.created_at, CASE WHEN g.phone IS NULL THEN 1 ELSE 2 END
        FROM asked a JOIN guests g ON g.email = a.email
       WHERE a.phone IS NULL AND g.restaurant_id = ${restaurantId}::uuid)
    SELECT DISTINCT ON (f.line) f.line, f.id FROM found f ORDER BY f.line, f.rank, f.created_at DESC, f.id`
  return new Map(rows.map(({ line, id }) => [line, id]))
}

/** Those rows and their entries: who is merged before entries, each in id order, as a merge locks them. */
function lockRows(
  tx: Transaction,
  { restaurantId, ids }: { restaurantId: string; ids: string[] },
): Promise<FoundRow[]> {
  return tx.$queryRaw<FoundRow[]>`
    SELECT id, merged_into AS "mergedInto", account_id AS "accountId", name, email FROM guests
     WHERE restaurant_id = ${restaurantId}::uuid
       AND (id = ANY(${ids}::uuid[])
            OR id IN (SELECT m.merged_into FROM guests m WHERE m.id = ANY(${ids}::uuid[])))
     ORDER BY merged_into IS NULL, id FOR UPDATE`
}

function readEntries(tx: Transaction, ids: string[]): Promise<EntryRow[]> {
  return tx.$queryRaw<EntryRow[]>`
    SELECT e.id, e.note AS "ownNote",
           (SELECT string_agg(n.note, chr(10) ORDER BY n.merged_into IS NOT NULL, n.created_at, n.id)
              FROM guests n WHERE n.id IN (SELECT guests_merged_with(p_guest => e.id))) AS note,
           ARRAY(SELECT t ->> 'name' FROM jsonb_array_elements(k.marks -> 'tags') t) AS tags,
           k.marks ->> 'allergies' AS allergies, k.marks ->> 'dislikes' AS dislikes,
           d.allergies AS "ownAllergies", d.dislikes AS "ownDislikes"
      FROM guests e CROSS JOIN LATERAL (SELECT guest_marks(p_entry => e.id) AS marks) k
      LEFT JOIN guest_diets d ON d.guest_id = e.id
     WHERE e.id = ANY(${ids}::uuid[])`
}

type Known = { found: FoundRow; entry: KnownEntry }

/** The entry of each line's person, locked. */
async function lockKnown(
  tx: Transaction,
  of: { restaurantId: string; asked: readonly ImportedLine[] },
): Promise<{ knownOf: (line: number) => Known | null; keep: (entry: KnownEntry) => void }> {
  const idByLine = await findRows(tx, of)
  const rows = await lockRows(tx, { ...of, ids: [...new Set(idByLine.values())] })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const entryIds = rows.flatMap((row) => (row.mergedInto === null ? [row.id] : []))
  const entries = new Map<string, KnownEntry>()
  for (const read of await readEntries(tx, entryIds)) {
    const row = byId.get(read.id)
    if (!row) continue
    const { ownNote, ownAllergies, ownDislikes, ...known } = read
    const own = { note: ownNote, allergies: ownAllergies, dislikes: ownDislikes }
    const { name, email, accountId } = row
    entries.set(read.id, { ...known, name, email, own, takesEmail: accountId === null })
  }
  return {
    knownOf: (line) => {
      const id = idByLine.get(line)
      if (id === undefined) return null
      const found = byId.get(id)
      const entry = found && entries.get(found.mergedInto ?? found.id)
      // Merged, or gone, since it was found.
      if (!found || !entry) return beginAnew()
      return { found, entry: { ...entry, takesEmail: entry.takesEmail && found.id === entry.id } }
    },
    keep: (entry) => entries.set(entry.id, entry),
  }
}

const blankOf = ({ name, email }: ImportedLine, id: string): KnownEntry => ({
  ...{ id, name, email, takesEmail: false, tags: [] },
  ...{ note: null, allergies: null, dislikes: null },
  own: { note: null, allergies: null, dislikes: null },
})

type NewGuest = { id: string; asked: ImportedLine }
/** What a batch writes: guests, and what is added to them and to those who are known. */
type Plan = { added: NewGuest[]; additions: Map<string, Addition[]>; changed: Set<string> }

function planLine({
  asked,
  known,
  plan,
  keep,
}: {
  asked: ImportedLine
  known: Known | null
  plan: Plan
  keep: (entry: KnownEntry) => void
}): LineVerdict {
  const { line } = asked
  if (known && isOtherPerson({ asked, ...known }))
    return { line, verdict: 'REFUSED', reason: 'guest-differs', warnings: [] }
  const entry = known?.entry ?? blankOf(asked, randomUUID())
  const { addition, isChanged, warnings, after } = addToEntry({ asked, entry })
  if (isChanged) plan.additions.set(entry.id, [...(plan.additions.get(entry.id) ?? []), addition])
  if (!known) {
    plan.added.push({ id: entry.id, asked })
    return { line, verdict: 'NEW', guestId: entry.id, warnings }
  }
  keep(after)
  if (isChanged) plan.changed.add(entry.id)
  return { line, verdict: isChanged ? 'CHANGED' : 'UNCHANGED', guestId: entry.id, warnings }
}

async function writeNew(
  tx: Transaction,
  { restaurantId, added }: { restaurantId: string; added: NewGuest[] },
): Promise<void> {
  if (added.length === 0) return
  const of = <Value>(read: (guest: NewGuest) => Value) => added.map(read)
  await tx.$executeRaw`
    INSERT INTO guests (id, restaurant_id, name, phone, email, locale)
    SELECT n.id, ${restaurantId}::uuid, n.name, n.phone, n.email, coalesce(n.locale, 'ko')
      FROM unnest(${of(({ id }) => id)}::uuid[], ${of(({ asked }) => asked.name)}::text[],
                  ${of(({ asked }) => asked.phone)}::text[], ${of(({ asked }) => asked.email)}::text[],
                  ${of(({ asked }) => asked.locale)}::text[]) AS n(id, name, phone, email, locale)
     ORDER BY n.phone, n.email`
}

type Added = Addition & { id: string }

async function writeFields(tx: Transaction, additions: Added[]): Promise<void> {
  const given = additions.filter(({ note, email }) => note !== null || email !== null)
  if (given.length === 0) return
  await tx.$executeRaw`
    UPDATE guests g SET note = coalesce(n.note, g.note), email = coalesce(g.email, n.email)
      FROM unnest(${given.map(({ id }) => id)}::uuid[], ${given.map(({ note }) => note)}::text[],
                  ${given.map(({ email }) => email)}::text[]) AS n(id, note, email)
     WHERE g.id = n.id`
}

/** In order of their names, as `changeGuest` writes them: two writers lock no circle. */
async function writeTags(
  tx: Transaction,
  { restaurantId, additions }: { restaurantId: string; additions: Added[] },
): Promise<void> {
  const marks = additions.flatMap(({ id, tags }) => tags.map((tag) => ({ id, tag })))
  if (marks.length === 0) return
  const names = [...new Set(marks.map(({ tag }) => tag))].sort()
  const colorOf = (name: string) => usualTags.find((tag) => tag.name === name)?.color ?? 'GREY'
  await tx.$executeRaw`
    INSERT INTO guest_tags (restaurant_id, name, color)
    SELECT ${restaurantId}::uuid, n.name, n.color
      FROM unnest(${names}::text[], ${names.map(colorOf)}::text[]) WITH ORDINALITY AS n(name, color, place)
     ORDER BY n.place ON CONFLICT (restaurant_id, name) DO NOTHING`
  await tx.$executeRaw`
    INSERT INTO guest_tag_marks (guest_id, tag_id, restaurant_id)
    SELECT m.guest_id, t.id, ${restaurantId}::uuid
      FROM unnest(${marks.map(({ id }) => id)}::uuid[], ${marks.map(({ tag }) => tag)}::text[]) AS m(guest_id, name)
      JOIN guest_tags t ON t.restaurant_id = ${restaurantId}::uuid AND t.name = m.name
    ON CONFLICT (guest_id, tag_id) DO NOTHING`
}

async function writeDiets(
  tx: Transaction,
  { batch: { restaurantId, timeZone, actor }, additions }: { batch: Batch; additions: Added[] },
): Promise<void> {
  const diets = additions.flatMap(({ id, diet }) => (diet === null ? [] : [{ id, ...diet }]))
  if (diets.length === 0) return
  const of = <Value>(read: (diet: (typeof diets)[number]) => Value) => diets.map(read)
  await tx.$executeRaw`
    INSERT INTO guest_diets (guest_id, restaurant_id, allergies, dislikes, consent_way, consented_at)
    SELECT n.id, ${restaurantId}::uuid, n.allergies, n.dislikes, n.way,
           least(now(), n.day::timestamp AT TIME ZONE ${timeZone}::text)
      FROM unnest(${of(({ id }) => id)}::uuid[], ${of(({ allergies }) => allergies)}::text[],
                  ${of(({ dislikes }) => dislikes)}::text[], ${of(({ way }) => way)}::text[],
                  ${of(({ on }) => on)}::date[]) AS n(id, allergies, dislikes, way, day)
    ON CONFLICT (guest_id) DO UPDATE
       SET allergies = excluded.allergies, dislikes = excluded.dislikes, consent_way = excluded.consent_way,
           consented_at = excluded.consented_at, noted_at = now()`
  for (const way of new Set(of((diet) => diet.way)))
    await recordActOnEach(tx, {
      subject: 'GUEST',
      subjectIds: diets.filter((diet) => diet.way === way).map(({ id }) => id),
      restaurantId,
      actor,
      act: 'GIVE_CONSENT',
      to: 'GIVEN',
      details: { way },
    })
}

async function write(
  tx: Transaction,
  { batch, plan }: { batch: Batch; plan: Plan },
): Promise<void> {
  const { restaurantId, actor, importId } = batch
  const additions = [...plan.additions].map(([id, each]) => ({ id, ...sum(each) }))
  await writeNew(tx, { restaurantId, added: plan.added })
  await writeFields(tx, additions)
  await writeTags(tx, { restaurantId, additions })
  await writeDiets(tx, { batch, additions })
  const changed = [...plan.changed]
  // Staff who have an entry open see that it has changed.
  await tx.$executeRaw`
    UPDATE guests SET version = version + 1 WHERE id = ANY(${changed}::uuid[])`
  if (plan.added.length + changed.length > 0)
    await recordAct(tx, {
      subject: 'RESTAURANT',
      subjectId: restaurantId,
      restaurantId,
      actor,
      act: 'IMPORT_GUESTS',
      to: 'IMPORTED',
      details: { importId, added: plan.added.length, changed },
    })
}

/** What several lines add to one entry: each saw what those before it had added. */
function sum(additions: Addition[]): Addition {
  const last = <Key extends 'email' | 'note' | 'diet'>(key: Key) =>
    additions.findLast((each) => each[key] !== null)?.[key] ?? null
  return {
    email: last('email'),
    note: last('note'),
    diet: last('diet'),
    tags: additions.flatMap(({ tags }) => tags),
  }
}

/**
 * Imports up to a thousand lines of a file, in a number of statements that does not depend on how many: each
 * line whole or not at all, and what is refused stops none of the others. A dry run judges the same lines
 * under the same locks, and writes nothing.
 *
 * The caller has checked and locked the actor's role, and gives the transaction `ONE_GUEST` and tries. Locks
 * the guests whom the lines are about: who is merged before entries, each in id order; then tags in the order
 * of their names.
 */
export async function importBatch(tx: Transaction, batch: Batch): Promise<LineVerdict[]> {
  const asked = batch.lines.flatMap((line) => ('verdict' in line ? [] : [line]))
  const { knownOf, keep } = await lockKnown(tx, { ...batch, asked })
  const plan: Plan = { added: [], additions: new Map(), changed: new Set() }
  const verdicts = batch.lines.map((line) =>
    'verdict' in line ? line : planLine({ asked: line, known: knownOf(line.line), plan, keep }),
  )
  if (!batch.isDryRun) await write(tx, { batch, plan })
  if (!batch.isDryRun) return verdicts
  return verdicts.map(({ guestId, ...told }) =>
    told.verdict === 'NEW' || guestId === undefined ? told : { ...told, guestId },
  )
}
