import { cache } from 'react'
import { readPageVisitor } from '@/domain/identity/loaders'
import { readLink } from '@/lib/crypto/link-token'
import { findInvitation } from './invitation.queries'

/** What a mailed link leads to, read and nothing more. Null: no link of ours, or nothing behind it. */
export const loadInvitation = cache(async (token: string) => {
  const id = readLink({ kind: 'invitation', token })
  if (!id) return null
  const visitor = await readPageVisitor()
  const found = await findInvitation({ id, accountId: visitor?.accountId ?? null })
  return found && { ...found, email: visitor?.email ?? null }
})
