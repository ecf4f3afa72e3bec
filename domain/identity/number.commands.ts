import { readLink } from '@/lib/crypto/link-token'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { recordAct } from './audit.commands'
import { lockLink } from './code.commands'
import { voidLinks } from './link.commands'
import { enterByLinkRow, takeLinkTry } from './link-visit.commands'
import { findAsking } from './queries'

/**
 * The reader of a sign-in mail picks the number that the browser which asked shows; null says that
 * they did not ask. The right one lets that browser sign in. Any other ends the link and the code,
 * and is refused `number-wrong`; the first pick counts, a second is refused `number-over`. Locks
 * the account, then the link, then the request.
 */
export async function pickNumber({
  token,
  number,
  address,
}: {
  token: string
  number: number | null
  address: string | null
}): Promise<Result<null>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const linkId = readLink({ kind: 'account', token })
  if (!linkId) return refuse('link-unknown')
  if (!(await findAsking({ token, ownRequestId: null }))) return refuse('number-over')
  const picked = await runTransaction(async (tx, stop) => {
    const { accountId, role, purpose } = await lockLink(tx, { linkId, stop })
    if (purpose !== 'SIGN_IN') return stop(refuse('link-unknown'))
    const [request] = await tx.$queryRaw<{ isRight: boolean }[]>`
      UPDATE link_requests SET picked_number = ${number ?? 0}::smallint
       WHERE link_id = ${linkId}::uuid AND picked_number IS NULL AND expires_at > now()
      RETURNING picked_number = number AS "isRight"`
    if (!request) return stop(refuse('number-over'))
    const { isRight } = request
    if (!isRight) await voidLinks(tx, { accountId, purposes: ['SIGN_IN'] })
    const actor = { accountId, role, address }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'PICK_NUMBER',
      to: isRight ? 'RIGHT' : 'WRONG',
    })
    return { isRight }
  })
  if (!picked.ok) return picked
  // "That wasn't me" has done what it says.
  return picked.value.isRight || number === null ? succeed(null) : refuse('number-wrong')
}

/**
 * Signs in the browser that asked for a mail, once the mail's reader has picked the number it
 * shows. Refuses `number-over` before that or too late, and as the link. Locks the account, then
 * the link.
 */
export async function enterByNumber({
  requestId,
  address,
}: {
  requestId: string
  address: string | null
}): Promise<Result<AccountClaims>> {
  return runTransaction<AccountClaims>(async (tx, stop) => {
    const [request] = await tx.$queryRaw<{ linkId: string | null }[]>`
      SELECT link_id AS "linkId" FROM link_requests
       WHERE id = ${requestId}::uuid AND picked_number = number
         AND expires_at > now()`
    if (!request?.linkId) return stop(refuse('number-over'))
    return enterByLinkRow(tx, { linkId: request.linkId, way: 'NUMBER', address, stop })
  })
}
