import type { QueuedAct } from '@/domain/floor/queue.rules'
import { readQueuedAct } from '@/domain/floor/queue.rules'

/**
 * Stores unanswered acts through a reload or a dead tablet. Each act has its own entry, so that two
 * tabs never overwrite each other's; entries hold ids only, nothing about a guest.
 */
export type KeptActs = {
  /** Oldest first. */
  list: () => QueuedAct[]
  keep: (act: QueuedAct) => void
  forget: (key: string) => void
}

/** Storage may be switched off or full; then an act lives as long as the page, which shows it. */
function tryStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage)
  } catch {
    return null
  }
}

export function openKeptActs({
  accountId,
  restaurantId,
}: {
  accountId: string
  restaurantId: string
}): KeptActs {
  const prefix = `bobjool.act.${accountId}.${restaurantId}.`
  const readAll = (storage: Storage) =>
    Object.keys(storage)
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => readQueuedAct(storage.getItem(name) ?? '') ?? [])
      .toSorted((a, b) => a.tappedAt.localeCompare(b.tappedAt))
  return {
    list: () => tryStorage(readAll) ?? [],
    keep: ({ key, work, tappedAt, wasSent, override }) => {
      const text = JSON.stringify({ key, work, tappedAt, wasSent, override })
      tryStorage((storage) => storage.setItem(prefix + key, text))
    },
    forget: (key) => {
      tryStorage((storage) => storage.removeItem(prefix + key))
    },
  }
}
