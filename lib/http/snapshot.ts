import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { log } from '@/lib/log'
import { countRebuild } from '@/lib/metrics/metrics'
import { createPackedBody, type PackedBody } from './packed-body'

export type Snapshot<T> = {
  data: T
  /** The bytes everyone gets. They are packed at most once for each coding. */
  packed: PackedBody
  /** Weak (RFC 9110, 8.8.1): the same content, though `asOf` inside may differ. */
  etag: string
  /** Monotonic milliseconds at which the read from Postgres began. */
  readAtMs: number
}
export type Built<T> = { data: T; content: unknown; body: string }

/** The maximum age of a snapshot, and the minimum time between two rebuilds. */
export const SNAPSHOT_AGE_MS = 1_000

/**
 * A page with the same content must not take a 304 to mean "this is true now". While rebuilds fail
 * the tag differs, so that the answer carries the `asOf` inside.
 */
function markOld(etag: string): string {
  return etag.endsWith('-old"') ? etag : etag.replace(/"$/, '-old"')
}

/**
 * Snapshots by key. One request at a time rebuilds a snapshot, at most once a second per process,
 * however many readers there are. When a rebuild fails the last one is served, with its own `asOf`.
 * Keeps the `most` keys used last.
 */
export function createSnapshots<T, Purpose = void>({
  of,
  build,
  ageMs = SNAPSHOT_AGE_MS,
  most = 500,
  nowMs = () => performance.now(),
}: {
  /** What metrics call them. */
  of: string
  /** `purpose`: why the caller that triggers the rebuild wants it. */
  build: (key: string, purpose: Purpose) => Promise<Built<T>>
  /** Maximum age; one second by default. */
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
      entry.last = {
        data,
        packed: createPackedBody(body),
        etag: `W/"${hash.slice(0, 22)}"`,
        readAtMs,
      }
      countRebuild(of, 'built')
      return entry.last
    } catch (error) {
      countRebuild(of, 'failed')
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
    /**
     * The snapshot, at most a second old unless Postgres is away. Throws when there has never been
     * one.
     */
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
    /** The last snapshot, whatever its age; never waits. For hints only. */
    recall: (key: string): Snapshot<T> | undefined => entries.peek(key)?.last,
  }
}
