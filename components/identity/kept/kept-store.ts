import { isKeptReadable } from '@/domain/identity/kept.rules'
import { markKeptFor, readKeptFor } from './kept-for'
import { openText, sealText } from './sealing'

const DATABASE = 'bobjool'
const SEALS = 'seals'
const RECORDS = 'records'
/** There is one seal: that of the session. */
const OWN = 'own'

/** The session's keys; scripts can use, but not read them. */
export type Seal = { accountId: string; name: string; boardKey: CryptoKey; actKey: CryptoKey }

/** `id` and `keptAtMs` are readable, so they say nothing of a guest. */
type KeptRecord = { id: string; keptAtMs: number; sealed: string }

const placeOf = ({ id, keptAtMs }: Pick<KeptRecord, 'id' | 'keptAtMs'>) => `${id} ${keptAtMs}`

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

const finish = (transaction: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })

let opened: Promise<IDBDatabase> | undefined

function openDatabase(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SEALS)
      request.result.createObjectStore(RECORDS, { keyPath: 'id' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  opened.catch(() => {
    opened = undefined
  })
  return opened
}

async function begin(mode: IDBTransactionMode) {
  const transaction = (await openDatabase()).transaction([SEALS, RECORDS], mode)
  return {
    transaction,
    seals: transaction.objectStore(SEALS),
    records: transaction.objectStore(RECORDS),
  }
}

/** Null: no session keeps anything here, or it is not that of the account the browser is marked with. */
export async function readSeal(): Promise<Seal | null> {
  const { seals } = await begin('readonly')
  const seal: Seal | undefined = await settle(seals.get(OWN))
  return seal && seal.accountId === readKeptFor() ? seal : null
}

/** Makes a session's seal the browser's own. What another one sealed is gone. */
export async function adoptSeal(seal: Seal): Promise<void> {
  const { transaction, seals, records } = await begin('readwrite')
  const done = finish(transaction)
  const before: Seal | undefined = await settle(seals.get(OWN))
  if (before?.name !== seal.name) {
    records.clear()
    seals.put(seal, OWN)
  }
  await done
  markKeptFor(seal.accountId)
}

/**
 * Keeps a value, sealed, in place of the one before it. Where the seal is the browser's own no longer,
 * because its person has signed out in another tab, nothing is kept.
 */
export async function keepRecord({
  seal,
  id,
  value,
  keptAtMs,
}: {
  seal: Seal
  id: string
  value: unknown
  keptAtMs: number
}): Promise<void> {
  const text = JSON.stringify(value)
  const sealed = await sealText({ key: seal.boardKey, place: placeOf({ id, keptAtMs }), text })
  const { transaction, seals, records } = await begin('readwrite')
  const done = finish(transaction)
  const present: Seal | undefined = await settle(seals.get(OWN))
  if (present?.name === seal.name) records.put({ id, keptAtMs, sealed })
  await done
}

/** What is kept and may still be read, the newest first. What may not is deleted. */
export async function listKept({
  seal,
  nowMs,
}: {
  seal: Seal
  nowMs: number
}): Promise<{ id: string; keptAtMs: number; text: string }[]> {
  const { transaction, records } = await begin('readwrite')
  const done = finish(transaction)
  const all: KeptRecord[] = await settle(records.getAll())
  const readable = all.filter(({ keptAtMs }) => isKeptReadable({ keptAtMs, nowMs }))
  for (const record of all) if (!readable.includes(record)) records.delete(record.id)
  await done
  const texts = readable
    .toSorted((a, b) => b.keptAtMs - a.keptAtMs)
    .map(async ({ id, keptAtMs, sealed }) => {
      const place = placeOf({ id, keptAtMs })
      const text = await openText({ key: seal.boardKey, place, sealed })
      return text === null ? [] : [{ id, keptAtMs, text }]
    })
  return (await Promise.all(texts)).flat()
}

/** Deletes what the browser keeps for a session, with the keys, in each of its tabs. */
export async function dropKept(): Promise<void> {
  markKeptFor(null)
  if (!('indexedDB' in globalThis)) return
  const { transaction, seals, records } = await begin('readwrite')
  const done = finish(transaction)
  seals.clear()
  records.clear()
  await done
}
