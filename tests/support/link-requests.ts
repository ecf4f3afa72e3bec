import type { LinkWish } from '@/domain/identity/link.schema'
import {
  type Asking,
  beginAsking,
  keepRequest,
  requestLink,
} from '@/domain/identity/link-request.commands'
import { readLink, signLink } from '@/lib/crypto/link-token'
import { makeCode } from '@/lib/crypto/mailed-code'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { mailNew } from './account-links'

/** A browser that asks for a mail, in the middle of choosing a table. */
export function ask(change: Partial<Asking> = {}): Asking {
  const asked = {
    browser: 'SAMSUNG',
    system: 'ANDROID',
    returnPath: '/restaurants/friday?party=3',
    texts: {},
  } as const
  return { ...beginAsking(asked), ...change }
}

type Asked = LinkWish['purpose']

/** Asks for a mail; returns what its mailbox and its browser know, and the mailed link if any. */
export async function askForMail({
  email,
  purpose = 'SIGN_IN',
  asking = ask(),
}: {
  email: string
  purpose?: Asked
  asking?: Asking
}) {
  const asked = await requestLink({ email, purpose, asking, address: null })
  if (!asked.ok) throw new Error(asked.reason)
  const { requestId } = asking
  const { linkId, number, choices } = await readRequest(requestId)
  return {
    requestId,
    linkId,
    number,
    /** One that the browser does not show. */
    otherNumber: choices.find((one) => one !== number) ?? 0,
    token: linkId === null ? null : signLink({ kind: 'account', id: linkId }),
    code: makeCode({ kind: 'link-request', id: requestId }),
    wrongCode: wrongCodeOf(requestId),
  }
}

export function wrongCodeOf(requestId: string): string {
  const right = makeCode({ kind: 'link-request', id: requestId })
  return String((Number(right) + 1) % 1_000_000).padStart(6, '0')
}

export async function readRequest(requestId: string) {
  const { rows } = await pool.query<{
    linkId: string | null
    codeTries: number
    number: number
    choices: number[]
    isUsed: boolean
  }>(
    `SELECT link_id AS "linkId", code_tries AS "codeTries", number, choices,
            code_used_at IS NOT NULL AS "isUsed"
       FROM link_requests WHERE id = $1`,
    [requestId],
  )
  const [row] = rows
  if (!row) throw new Error('the request was not written')
  return row
}

/** As if every mail had been asked for that many minutes earlier. */
export async function ageRequests(minutes: number): Promise<void> {
  await pool.query(
    `UPDATE link_requests SET created_at = created_at - $1 * interval '1 minute',
                              expires_at = expires_at - $1 * interval '1 minute'`,
    [minutes],
  )
}

/** A new account's sign-in mail, asked for in a browser, without limits and their floor of time. */
export async function mailRequested() {
  const asking = ask()
  const { requestId } = asking
  const { account, token } = await mailNew('SIGN_IN', { emailConfirmedAt: new Date() })
  const linkId = readLink({ kind: 'account', token })
  await runTransaction((tx) =>
    keepRequest(tx, { asking, purpose: 'SIGN_IN', email: account.email, linkId }),
  )
  const { number } = await readRequest(requestId)
  return { requestId, token, code: makeCode({ kind: 'link-request', id: requestId }), number }
}
