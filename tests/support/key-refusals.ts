import { setAll } from './constraint-scene'

const insertKey = (id: string, publicKey: string) =>
  `INSERT INTO auth_keys (key_id, public_key) VALUES (${id}, ${publicKey})`
const ANOTHER = `repeat('B', 43)`

/** Every constraint of published keys, and what it refuses. */
export const keyRefusals: Record<string, string[]> = {
  auth_keys_id_shape: [insertKey(`'ABCDEF01'`, ANOTHER), insertKey(`'0123'`, ANOTHER)],
  auth_keys_pkey: [insertKey(`'00000000'`, ANOTHER)],
  auth_keys_public_key_shape: [insertKey(`'00000001'`, `'short'`)],
  auth_keys_stay: [
    'DELETE FROM auth_keys',
    ...setAll('auth_keys', [`public_key = ${ANOTHER}`, `published_at = '2026-01-01'`]),
  ],
  openings_entry_key_fkey: setAll('openings', [`entry_key = '00000002'`]),
}
