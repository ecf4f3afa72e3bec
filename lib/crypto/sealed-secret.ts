import type { SealedColumn, SealedTable } from '@/lib/db/sealed-columns'
import { env } from '@/lib/env'
import { decryptValue, encryptValue } from './encrypted-value'

/** The secrets of one row, by column. */
type Secrets<T extends SealedTable> = Record<SealedColumn<T>, string>
type Row<T extends SealedTable> = { table: T; rowId: string; secrets: Secrets<T> }

const columnsOf = <T extends SealedTable>(secrets: Secrets<T>) =>
  Object.entries<string>(secrets).map(([column, text]) => ({ column, text }))

/** What a row stores of its secrets: encrypted, and of use in this row and column only. */
export function sealSecrets<T extends SealedTable>({ table, rowId, secrets }: Row<T>): Secrets<T> {
  const sealed = { ...secrets }
  for (const { column, text } of columnsOf(secrets)) {
    const place = { table, column, rowId }
    Object.assign(sealed, { [column]: encryptValue({ text, place, keys: env.DATA_KEYS }) })
  }
  return sealed
}

export type OpenedSecrets<T extends SealedTable> =
  | { isOpen: true; secrets: Secrets<T> }
  /** `isKeyMissing`: DATA_KEYS lacks its key, so it can be used again once it is back. */
  | { isOpen: false; isKeyMissing: boolean; error: string }

/** A row's secrets as they were. What was stored before secrets were sealed is itself. */
export function openSecrets<T extends SealedTable>({
  table,
  rowId,
  secrets,
}: Row<T>): OpenedSecrets<T> {
  const opened = { ...secrets }
  for (const { column, text: stored } of columnsOf(secrets)) {
    const found = decryptValue({ stored, place: { table, column, rowId }, keys: env.DATA_KEYS })
    if (found.state === 'unknown-key')
      return {
        isOpen: false,
        isKeyMissing: true,
        error: `DATA_KEYS lacks the key ${found.keyId} of ${table}.${column}`,
      }
    if (found.state === 'broken')
      return {
        isOpen: false,
        isKeyMissing: false,
        error: `${table}.${column} was changed or moved`,
      }
    Object.assign(opened, { [column]: found.text })
  }
  return { isOpen: true, secrets: opened }
}
