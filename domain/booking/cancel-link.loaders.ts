import { readLink } from '@/lib/crypto/link-token'
import { findLinkedReservation } from './cancel-link.queries'

/** What a mailed link would give back, read and nothing more. Null: no link of ours. */
export async function loadLinkedReservation(token: string) {
  const id = readLink({ kind: 'cancel', token })
  return id ? findLinkedReservation(id) : null
}
