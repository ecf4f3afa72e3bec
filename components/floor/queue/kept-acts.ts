import { obtainSeal } from '@/components/identity/kept/obtain-seal'
import { openText, sealText } from '@/components/identity/kept/sealing'
import type { QueuedAct } from '@/domain/floor/queue.rules'
import { readQueuedAct } from '@/domain/floor/queue.rules'

/**
 * Stores unanswered acts through a reload or a dead tablet, sealed under their account's key. Each act
 * has its own entry, so that two tabs never overwrite each other's. After a sign-out the key is gone,
 * and comes back when the same person signs in.
 */
export type KeptActs = {
  /** Oldest first. */
  list: () => Promise<QueuedAct[]>
  /** Settles once the act is stored, or can't be before the key is known. */
  keep: (act: QueuedAct) => Promise<void>
  forget: (key: string) => Promise<void>
}

/** Storage may be switched off or full; then an act lives as long as the page, which shows it. */
function tryStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage)
  } catch {
    return null
  }
}

type Owner = { accountId: string; restaurantId: string }

class SealedActs implements KeptActs {
  readonly #prefix: string
  readonly #found: Promise<CryptoKey | null>
  #key: CryptoKey | null = null
  /** Acts that wait for the key. */
  readonly #early = new Map<string, QueuedAct>()
  /** One write after the other: an act that was forgotten must not come back. */
  #writes: Promise<void> = Promise.resolve()

  constructor({ accountId, restaurantId }: Owner) {
    this.#prefix = `bobjool.act.${accountId}.${restaurantId}.`
    this.#found = this.#findKey(accountId)
  }

  async #findKey(accountId: string): Promise<CryptoKey | null> {
    const seal = await obtainSeal().catch(() => null)
    this.#key = seal?.accountId === accountId ? seal.actKey : null
    for (const act of this.#early.values()) void this.keep(act)
    this.#early.clear()
    return this.#key
  }

  async list(): Promise<QueuedAct[]> {
    const key = await this.#found
    if (!key) return []
    const names = tryStorage((storage) =>
      Object.keys(storage).filter((name) => name.startsWith(this.#prefix)),
    )
    const acts = (names ?? []).map(async (place) => {
      const stored = tryStorage((storage) => storage.getItem(place)) ?? ''
      // A version before stored them as they are.
      const text = stored.startsWith('{') ? stored : await openText({ key, place, sealed: stored })
      return readQueuedAct(text ?? '') ?? []
    })
    const read = (await Promise.all(acts)).flat()
    return read.toSorted((a, b) => a.tappedAt.localeCompare(b.tappedAt))
  }

  keep(act: QueuedAct): Promise<void> {
    const key = this.#key
    if (!key) {
      this.#early.set(act.key, act)
      return Promise.resolve()
    }
    const place = this.#prefix + act.key
    const { work, tappedAt, wasSent, override, author } = act
    const text = JSON.stringify({ key: act.key, work, tappedAt, wasSent, override, author })
    return this.#write(async () => {
      const sealed = await sealText({ key, place, text })
      tryStorage((storage) => storage.setItem(place, sealed))
    })
  }

  forget(key: string): Promise<void> {
    this.#early.delete(key)
    return this.#write(async () => {
      tryStorage((storage) => storage.removeItem(this.#prefix + key))
    })
  }

  #write(write: () => Promise<void>): Promise<void> {
    this.#writes = this.#writes.then(write).catch(() => {})
    return this.#writes
  }
}

export function openKeptActs(owner: Owner): KeptActs {
  return new SealedActs(owner)
}
