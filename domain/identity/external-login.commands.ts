import { randomUUID } from 'node:crypto'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { beginAnew, runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/locale'
import { type Result, refuse } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import type { Account } from '@/prisma/generated/client'
import { lockOwnAccount, type OwnProof } from './account.commands'
import { recordSignUpAgreements } from './agreement.commands'
import type { AgreementGiven } from './agreement.schema'
import { recordAct } from './audit.commands'
import type { ExternalEntry, ExternalPerson } from './external-login.schema'
import { mailLink, voidLinks } from './link.commands'
import { endedByPassword } from './link.rules'
import { type Asking, keepRequest, mailRegistered } from './link-request.commands'
import { queueAccountMail } from './notice.commands'
import { requireProof } from './proof.commands'
import { claimsOf } from './rules'
import type { LoginProvider } from './types'

const perSubject = createLimit({ name: 'login:subject', tries: 20, windowSeconds: 60 })
const perAddress = createLimit({ name: 'login:address', tries: 600, windowSeconds: 60 })

/** When two sign in at once, one of them finds on retry what the other wrote. */
const MOST_TRIES = 4

type Entering = {
  person: ExternalPerson
  locale: Locale
  /** Null: not asked yet, so that nobody new is let in. */
  agreement: AgreementGiven | null
  /** The browser, in case a mail has to decide. */
  asking: Asking
  address: string | null
}

/** Records a new way in: in the audit log, and by mail if the account existed before. */
async function recordLogin(
  tx: Transaction,
  {
    account,
    provider,
    address,
    isTold,
  }: { account: Account; provider: LoginProvider; address: string | null; isTold: boolean },
): Promise<void> {
  const { id: accountId, role, email: recipient } = account
  const actor = { accountId, role, address }
  const details = { provider }
  const { id: eventId } = await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: accountId,
    actor,
    act: 'CONNECT_LOGIN',
    to: 'ACTIVE',
    details,
  })
  if (!isTold) return
  const notice = { kind: 'LOGIN_CONNECTED', account, recipient, payload: details } as const
  await queueAccountMail(tx, { eventId, ...notice })
}

async function addLogin(
  tx: Transaction,
  {
    account,
    isNew,
    person,
    address,
  }: Omit<Entering, 'locale' | 'asking' | 'agreement'> & { account: Account; isNew: boolean },
): Promise<void> {
  const { provider, subject } = person
  // An account has one login per provider; a person who got in by the address needs no second one.
  const added = await tx.$executeRaw`
    INSERT INTO external_logins (provider, subject, account_id)
    VALUES (${provider}, ${subject}, ${account.id}::uuid) ON CONFLICT (account_id, provider) DO NOTHING`
  if (added === 1) await recordLogin(tx, { account, provider, address, isTold: !isNew })
}

/**
 * The provider vouches for an address that an account has but never proved. A stranger may have
 * made that account, so all its existing ways in are removed.
 */
async function takeOver(
  tx: Transaction,
  { account, address }: { account: Account; address: string | null },
): Promise<void> {
  const { id } = account
  await voidLinks(tx, { accountId: id, purposes: endedByPassword })
  await tx.externalLogin.deleteMany({ where: { accountId: id } })
  await tx.$executeRaw`
    UPDATE accounts SET password_hash = NULL, session_epoch = session_epoch + 1, email_confirmed_at = now()
     WHERE id = ${id}::uuid`
  await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: id,
    actor: { accountId: id, role: account.role, address },
    act: 'CONFIRM_ADDRESS',
    from: 'UNCONFIRMED',
    to: 'CONFIRMED',
  })
  await recordSignUpAgreements(tx, id)
}

/** Null: another account has that address, or has just taken it. */
async function createAccount(
  tx: Transaction,
  { person, email, locale, address }: Entering & { email: string },
): Promise<Account | null> {
  const { isEmailVerified } = person
  const name = person.name ?? (locale === 'en' ? 'Guest' : '손님')
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO accounts (email, name, locale, email_confirmed_at)
    VALUES (${email}, ${name}, ${locale}, CASE WHEN ${isEmailVerified}::boolean THEN now() END)
    ON CONFLICT (email) DO NOTHING RETURNING id`
  if (!made) return null
  await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: made.id,
    actor: { accountId: made.id, role: 'DINER', address },
    act: 'SIGN_UP',
    to: isEmailVerified ? 'CONFIRMED' : 'UNCONFIRMED',
  })
  await recordSignUpAgreements(tx, made.id)
  return tx.account.findUniqueOrThrow({ where: { id: made.id } })
}

async function lockByEmail(tx: Transaction, email: string): Promise<Account | null> {
  await tx.$queryRaw`SELECT FROM accounts WHERE email = ${email} FOR NO KEY UPDATE`
  return tx.account.findUnique({ where: { email } })
}

/** The provider vouches for the address, so its account is entered or made. */
async function enterVerified(
  tx: Transaction,
  { stop, ...entering }: Entering & { email: string; stop: Stop },
): Promise<ExternalEntry> {
  const { email, address, agreement } = entering
  const known = await lockByEmail(tx, email)
  if (!known?.emailConfirmedAt && !agreement) return stop(refuse('terms-needed'))
  const found = known ?? (await createAccount(tx, entering))
  if (!found) beginAnew()
  if (!found.emailConfirmedAt) await takeOver(tx, { account: found, address })
  await addLogin(tx, { ...entering, account: found, isNew: known === null })
  const account = await tx.account.findUniqueOrThrow({ where: { id: found.id } })
  return { isIn: true, claims: claimsOf(account) }
}

/**
 * No provider vouches for the address, so a mail to it decides. The page answers the same whether
 * or not an account has it.
 */
async function enterUnverified(
  tx: Transaction,
  { stop, ...entering }: Entering & { email: string; stop: Stop },
): Promise<ExternalEntry> {
  const { email, address, asking, agreement } = entering
  const purpose = 'CONFIRM_ADDRESS'
  // Asked whether or not an account has the address, which the answer must not tell.
  if (!agreement) return stop(refuse('terms-needed'))
  const account = await createAccount(tx, entering)
  if (!account) {
    const linkId = await mailRegistered(tx, { email, address, asking })
    await keepRequest(tx, { asking, purpose, email, linkId })
    return { isIn: false, signUpId: randomUUID() }
  }
  await addLogin(tx, { ...entering, account, isNew: true })
  return mailConfirmation(tx, { account, entering })
}

async function mailConfirmation(
  tx: Transaction,
  { account, entering: { asking, address } }: { account: Account; entering: Entering },
): Promise<ExternalEntry> {
  const { id, role, email } = account
  const purpose = 'CONFIRM_ADDRESS'
  const actor = { accountId: id, role, address }
  const { linkId } = await mailLink(tx, { account, purpose, email, actor, asking })
  await keepRequest(tx, { asking, purpose, email, linkId })
  return { isIn: false, signUpId: id }
}

/** Enters by a connected login. An account that was never confirmed can't be entered this way. */
async function enterKnown(
  tx: Transaction,
  { accountId, stop, ...entering }: Entering & { accountId: string; stop: Stop },
): Promise<ExternalEntry> {
  const { person, agreement } = entering
  const account = await lockOwnAccount(tx, { accountId, stop })
  const { email } = account
  if (account.emailConfirmedAt) return { isIn: true, claims: claimsOf(account) }
  // As somebody whose address has an account is asked each time: the answers may not differ.
  if (!agreement) return stop(refuse('terms-needed'))
  if (person.isEmailVerified && person.email === email)
    return enterVerified(tx, { ...entering, email, stop })
  return mailConfirmation(tx, { account, entering })
}

/**
 * Signs in a person from Kakao or Naver, recognised by the provider's id, else by an address that
 * the provider vouches for, else by a mail to the address. New people get an account without a
 * password, once they have agreed to the terms: `terms-needed` until then. Locks the account's row.
 * Refuses `email-needed` without an address, `rate-limited`, `busy`.
 */
export async function enterByLogin(entering: Entering): Promise<Result<ExternalEntry>> {
  const { person, address } = entering
  const { provider, subject, email } = person
  const limited = await takeEach([
    [perSubject, `${provider}:${subject}`],
    [perAddress, address],
  ])
  if (limited) return limited
  const enterOnce = async (tx: Transaction, stop: Stop) => {
    const login = await tx.externalLogin.findUnique({
      where: { provider_subject: { provider, subject } },
    })
    if (login) return enterKnown(tx, { ...entering, accountId: login.accountId, stop })
    if (email === null) return stop(refuse('email-needed'))
    const enter = person.isEmailVerified ? enterVerified : enterUnverified
    return enter(tx, { ...entering, email, stop })
  }
  const constraints = { external_logins_pkey: 'begin-anew' } as const
  return runTransaction(enterOnce, { constraints, tries: MOST_TRIES })
}

/**
 * Connects a login to the signed-in account; doing it twice changes nothing more. Locks the
 * account's row, then the session's. Refuses as `requireProof`, and `login-taken` when the login belongs to another account, or this account
 * already has another login of that provider.
 */
export async function connectLogin({
  accountId,
  sessionId,
  address,
  person,
}: OwnProof & { person: ExternalPerson }): Promise<Result<AccountClaims>> {
  const { provider, subject } = person
  const limited = await takeEach([[perSubject, `${provider}:${subject}`]])
  if (limited) return limited
  return runTransaction<AccountClaims>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    await requireProof(tx, { accountId, sessionId, stop })
    const added = await tx.$executeRaw`
      INSERT INTO external_logins (provider, subject, account_id)
      VALUES (${provider}, ${subject}, ${accountId}::uuid) ON CONFLICT DO NOTHING`
    if (added === 1) await recordLogin(tx, { account, provider, address, isTold: true })
    const login = await tx.externalLogin.findUnique({
      where: { provider_subject: { provider, subject } },
    })
    return login?.accountId === accountId ? claimsOf(account) : stop(refuse('login-taken'))
  })
}

/**
 * Disconnects a login; one that isn't connected succeeds too. Locks the account's row, then the
 * session's. Refuses as `requireProof`, and `last-login` when neither a password, a passkey nor another
 * login would remain.
 */
export function disconnectLogin({
  accountId,
  sessionId,
  address,
  provider,
}: OwnProof & { provider: LoginProvider }): Promise<Result<null>> {
  return runTransaction<null>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    const logins = await tx.externalLogin.findMany({ where: { accountId } })
    if (!logins.some((login) => login.provider === provider)) return null
    const passkeys = await tx.passkey.count({ where: { accountId } })
    const isLast = account.passwordHash === null && passkeys === 0 && logins.length === 1
    if (isLast) return stop(refuse('last-login'))
    await requireProof(tx, { accountId, sessionId, stop })
    await tx.externalLogin.deleteMany({ where: { accountId, provider } })
    const actor = { accountId, role: account.role, address }
    const details = { provider }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'DISCONNECT_LOGIN',
      to: 'ACTIVE',
      details,
    })
    return null
  })
}
