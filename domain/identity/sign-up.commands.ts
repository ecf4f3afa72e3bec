import { randomUUID } from 'node:crypto'
import { takeAtLeast } from '@/lib/crypto/steady-time'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/locale'
import { type Result, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { readOwnPhone } from './account.commands'
import { recordSignUpAgreements } from './agreement.commands'
import { recordAct } from './audit.commands'
import { hashInTurn } from './commands'
import { mailLink } from './link.commands'
import { type Asking, keepRequest, mailRegistered } from './link-request.commands'
import type { SignUpForm } from './sign-up.schema'

const HOUR_SECONDS = 3_600
const perAccount = createLimit({ name: 'sign-up:account', tries: 5, windowSeconds: HOUR_SECONDS })
const perAddress = createLimit({ name: 'sign-up:address', tries: 600, windowSeconds: HOUR_SECONDS })
/**
 * Longer than a hash and the writes after it, so that known and unknown addresses take equally
 * long.
 */
const FLOOR_MS = 400

type SignUp = SignUpForm & {
  locale: Locale
  /** The browser that signs up. Null: a client of the API, whose mail has no code. */
  asking: Asking | null
  /** The network address the platform vouches for, or null. */
  address: string | null
}

/**
 * Signs a person up. Only the mail reveals whether the address is known: it brings a new account's
 * link, the link once more while the account is unconfirmed, or word that the account exists. An
 * existing account is not changed, not even its password
 * (docs/decisions/0007-who-owns-an-address.md). Returns an id to seal into the browser that signed
 * up: the new account's, or a random one. Refuses `invalid` for a phone that no country has,
 * `rate-limited` with `retryAfterMs`, and `busy` when too many passwords wait to be hashed.
 */
export async function signUp(
  person: SignUp,
): Promise<Result<{ signUpId: string }, 'rate-limited' | 'busy' | 'invalid'>> {
  const read = readOwnPhone(person)
  if (!read.ok) return read
  const limited = await takeEach([
    [perAccount, person.email],
    [perAddress, person.address],
  ])
  if (limited) return limited
  return takeAtLeast(FLOOR_MS, async () => {
    const { password } = person
    const hashed = password === undefined ? succeed(null) : await hashInTurn(password)
    if (!hashed.ok) return hashed
    const written = await runTransaction((tx) =>
      writeSignUp(tx, { person: { ...person, ...read.value }, hash: hashed.value }),
    )
    // The work never stops the transaction: it is committed, or has thrown.
    return succeed({ signUpId: (written.ok && written.value) || randomUUID() })
  })
}

/** Returns the new account's id. Null: the account existed already. */
async function writeSignUp(
  tx: Transaction,
  { person, hash }: { person: SignUp; hash: string | null },
): Promise<string | null> {
  const { email, address, asking } = person
  const purpose = 'CONFIRM_ADDRESS'
  const made = await createAccount(tx, { person, hash })
  const linkId = made ? made.linkId : await mailRegistered(tx, { email, address, asking })
  if (asking) await keepRequest(tx, { asking, purpose, email, linkId })
  return made?.id ?? null
}

/** Null: an account has that address. */
async function createAccount(
  tx: Transaction,
  { person, hash }: { person: SignUp; hash: string | null },
): Promise<{ id: string; linkId: string } | null> {
  const { email, name, phone = null, wants, locale, address, asking } = person
  // Of any number of sign-ups at once, the unique address lets one through; the others wait for it
  // here.
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO accounts (email, password_hash, name, phone, role, locale)
    VALUES (${email}, ${hash}, ${name}, ${phone}, ${wants}::account_role, ${locale})
    ON CONFLICT (email) DO NOTHING RETURNING id`
  if (!made) return null
  const { id } = made
  const actor = { accountId: id, role: wants, address }
  await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: id,
    actor,
    act: 'SIGN_UP',
    to: 'UNCONFIRMED',
  })
  await recordSignUpAgreements(tx, id)
  const account = { id, name, locale }
  const mailed = await mailLink(tx, { account, purpose: 'CONFIRM_ADDRESS', email, actor, asking })
  return { id, linkId: mailed.linkId }
}
