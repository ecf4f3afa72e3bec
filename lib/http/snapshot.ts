import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { log } from '@/lib/log'

export type Snapshot<T> = {
  data: T
  /** The bytes everybody gets. */
  body: string
  /** Weak (RFC 9110, 8.8.1): the same content, though `asOf` inside may differ. */
  etag: string
  /** Monotonic milliseconds at which its reading of Postgres began. */
  readAtMs: number
}
export type Built<T> = { data: T; content: unknown; body: string }

/** How old a snapshot may be, and how often at most one is rebuilt. */
export const SNAPSHOT_AGE_MS = 1_000

/**
 * A page that holds the same content must not take a 304 for "this is true now": while rebuilding
 * fails the tag is another one, so that the answer brings the `asOf` inside.
 */
function markOld(etag: string): string {
  return etag.endsWith('-old"') ? etag : etag.replace(/"$/, '-old"')
}

/**
 * Snapshots by key: built by one request at a time, at most once a second and process, whatever
 * the number of those who look. When a rebuild fails the last one is shown, with its own `asOf`.
 * Keeps the `most` keys asked for last.
 */
export function createSnapshots<T, Purpose = void>({
  build,
  ageMs = SNAPSHOT_AGE_MS,
  most = 500,
  nowMs = () => performance.now(),
}: {
  /** `purpose`: what whoever caused this rebuild wants it for. */
  build: (key: string, purpose: Purpose) => Promise<Built<T>>
  /** How old one may be; a second unless said. */
  ageMs?: number
  most?: number
  nowMs?: () => number
}) {
  type Entry = {
    last?: Snapshot<T>
    triedAtMs: number
    building?: Promise<Snapshot<T>> | undefined
  }
  const entries = new LRUCache<string, Entry>({ max: most })

  function entryOf(key: string): Entry {
    const entry = entries.get(key) ?? { triedAtMs: Number.NEGATIVE_INFINITY }
    entries.set(key, entry)
    return entry
  }

  async function rebuild(key: string, entry: Entry, purpose: Purpose): Promise<Snapshot<T>> {
    const readAtMs = nowMs()
    entry.triedAtMs = readAtMs
    try {
      const { data, content, body } = await build(key, purpose)
      const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
      entry.last = { data, body, etag: `W/"${hash.slice(0, 22)}"`, readAtMs }
      return entry.last
    } catch (error) {
      if (!entry.last) throw error
      log.warn(
        { key, error: error instanceof Error ? error.message : String(error) },
        'showing an older snapshot',
      )
      entry.last = { ...entry.last, etag: markOld(entry.last.etag) }
      return entry.last
    } finally {
      entry.building = undefined
    }
  }

  return {
    /** The snapshot, at most a second old unless Postgres is away. Throws when there never was one. */
    async get(key: string, purpose: Purpose): Promise<Snapshot<T>> {
      const entry = entryOf(key)
      if (entry.building) return entry.building
      if (entry.last && nowMs() - entry.triedAtMs < ageMs) return entry.last
      entry.building = rebuild(key, entry, purpose)
      return entry.building
    },
    /** The snapshot if it is at most a second old; never waits. */
    peek(key: string): Snapshot<T> | undefined {
      const last = entries.peek(key)?.last
      return last && nowMs() - last.readAtMs <= ageMs ? last : undefined
    },
    /** The last snapshot, however old; never waits. For hints only. */
    recall: (key: string): Snapshot<T> | undefined => entries.peek(key)?.last,
  }
}
