import { createTransport } from 'nodemailer'
import { env } from '@/lib/env'
import { isPlainAddress, readMailbox } from './mail-address'

/** How many mails go out side by side; more are queued inside the pool. */
export const MAIL_CONNECTIONS = 5

/** Below what a request's platform allows; a server that needs longer is as good as away. */
const CONNECTION_TIMEOUT_MS = 5_000
const SOCKET_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 30_000

export type Letter = {
  /** Unique for good and the same at each attempt: a mail that arrives twice is seen to be one. */
  name: string
  to: string
  subject: string
  html: string
  text: string
  attachments: { filename: string; contentType: string; content: string }[]
}

/**
 * `accepted`: a server took responsibility. `temporary`: the same letter may go out later;
 * `isServerAway` says that any other letter would have failed too. `permanent`: this letter is
 * refused for good.
 */
export type Delivery =
  | { outcome: 'accepted' }
  | { outcome: 'temporary'; error: string; isServerAway: boolean }
  | { outcome: 'permanent'; error: string }

/** What nodemailer adds to its errors. */
type SmtpError = {
  code?: string
  command?: string
  response?: string
  responseCode?: number
  permanent?: boolean
  timeoutType?: string
}

function connect(url: string) {
  return createTransport({
    pool: true,
    url,
    maxConnections: MAIL_CONNECTIONS,
    // Once, for a kept connection that died meanwhile. The outbox knows better when to try again.
    maxRequeues: 1,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: CONNECTION_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    idleTimeout: IDLE_TIMEOUT_MS,
    // A password never crosses a network in the clear; `?requireTLS=false` in SMTP_URL overrides it.
    requireTLS: new URL(url).password !== '',
    // The letters' contents are people's words; a path or an address in them is never opened.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...readSigning(),
  })
}

/** DKIM by our own key, for a server that doesn't sign for us. Both variables, or neither. */
function readSigning() {
  const { DKIM_SELECTOR: keySelector, DKIM_PRIVATE_KEY: privateKey } = env
  if (!(keySelector && privateKey)) return {}
  const { domain: domainName } = readMailbox(env.MAIL_FROM)
  return { dkim: { domainName, keySelector, privateKey } }
}

// Kept across hot reloads and bundles, so that a process has one pool.
const held = globalThis as typeof globalThis & {
  bobjoolMail?: ReturnType<typeof connect> | undefined
}

export function hasMailServer(): boolean {
  return env.SMTP_URL !== undefined
}

/** Lets idle connections go, so that a script can end. The next letter opens new ones. */
export function closeMail(): void {
  held.bobjoolMail?.close()
  held.bobjoolMail = undefined
}

/** Hands one letter to the mail server. What the server, the network or the address did wrong is a value. */
export async function sendMail({
  letter,
  timeoutMs,
}: {
  letter: Letter
  timeoutMs: number
}): Promise<Delivery> {
  if (!env.SMTP_URL)
    return { outcome: 'temporary', error: 'SMTP_URL is not set', isServerAway: true }
  const { name, address, domain } = readMailbox(env.MAIL_FROM)
  if (!isPlainAddress(letter.to)) return { outcome: 'permanent', error: 'not a plain address' }
  held.bobjoolMail ??= connect(env.SMTP_URL)
  try {
    await held.bobjoolMail.sendMail({
      messageId: `<${letter.name}@${domain}>`,
      from: { name, address },
      to: { name: '', address: letter.to },
      subject: letter.subject,
      html: letter.html,
      text: letter.text,
      attachments: letter.attachments,
      // RFC 3834: out-of-office replies don't answer what says this.
      headers: { 'Auto-Submitted': 'auto-generated' },
      // A server that trickles bytes keeps its socket from ever timing out.
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { outcome: 'accepted' }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return classifyFailure(error)
  }
}

/** Steps at which a refusal is about this letter. Before them it is about us, and may be mended. */
const letterSteps = new Set(['RCPT TO', 'DATA', 'API'])

function classifyFailure(error: Error & SmtpError): Delivery {
  const text = describeError(error)
  const isAboutLetter = letterSteps.has(error.command ?? '')
  const isRefused = error.permanent ?? error.code === 'EENVELOPE'
  if (isAboutLetter && isRefused) return { outcome: 'permanent', error: text }
  const hasReplied = error.responseCode !== undefined && error.responseCode !== 421
  const isOnlySlow = error.code === 'EABORT' || error.timeoutType === 'SOCKET_TIMEOUT'
  const isServerAway = !(isAboutLetter && hasReplied) && !isOnlySlow
  return { outcome: 'temporary', error: text, isServerAway }
}

const LONGEST_ERROR = 300

/** The server's own words where there are any: they say what an operator has to mend. */
function describeError(error: Error & SmtpError): string {
  const words = error.response ?? [error.code, error.message].filter(Boolean).join(': ')
  return words
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_ERROR)
}
