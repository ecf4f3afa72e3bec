import { createTransport } from 'nodemailer'
import { env } from '@/lib/env'
import { noteTrouble } from '@/lib/trouble'
import { isPlainAddress, readMailbox } from './mail-address'
import { sendWhole } from './whole-message'

/** How many mails are sent in parallel; more are queued inside the pool. */
export const MAIL_CONNECTIONS = 5

/** Below the platform's limit for a request; a server that needs longer counts as away. */
const CONNECTION_TIMEOUT_MS = 5_000
const SOCKET_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 30_000

export type Letter = {
  /** Unique forever and the same on each attempt, so that mail programs recognise a duplicate. */
  name: string
  to: string
  subject: string
  html: string
  text: string
  attachments: { filename: string; contentType: string; content: string }[]
}

/**
 * `accepted`: a server took responsibility. `temporary`: the same letter may go out later;
 * `isServerAway` means that any other letter would have failed too. `permanent`: this letter is
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

/**
 * No automatic responder replies: RFC 3834, and Exchange, which doesn't know it. Bounces (NDR) are
 * not suppressed, since they show which addresses refuse mail.
 */
const AUTOMATIC = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
}

function connect(url: string) {
  const signing = readSigning()
  const transport = createTransport({
    pool: true,
    url,
    maxConnections: MAIL_CONNECTIONS,
    // Once, for a reused connection that has died. The outbox decides better when to retry.
    maxRequeues: 1,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: CONNECTION_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    idleTimeout: IDLE_TIMEOUT_MS,
    // A password never crosses a network in the clear; `?requireTLS=false` in SMTP_URL overrides it.
    requireTLS: new URL(url).password !== '',
    // Letters contain user input; a path or URL in it is never opened.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...signing,
  })
  // A signature is made of the stream.
  if (!('dkim' in signing)) transport.use('stream', sendWhole)
  return transport
}

/** DKIM with our own key, for a server that doesn't sign for us. Both variables, or neither. */
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

/** Closes idle connections so that a script can exit. The next letter opens new ones. */
export function closeMail(): void {
  held.bobjoolMail?.close()
  held.bobjoolMail = undefined
}

/**
 * Hands one letter to the mail server. Failures of the server, the network or the address are
 * values.
 */
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
      encoding: 'base64',
      headers: AUTOMATIC,
      // A server that trickles bytes keeps its socket from ever timing out.
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { outcome: 'accepted' }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return classifyFailure(error)
  }
}

/**
 * At these steps a refusal concerns this letter. Earlier ones concern our setup, and may be fixed.
 */
const letterSteps = new Set(['RCPT TO', 'DATA', 'API'])

function classifyFailure(error: Error & SmtpError): Delivery {
  const text = describeError(error)
  const isAboutLetter = letterSteps.has(error.command ?? '')
  const isRefused = error.permanent ?? error.code === 'EENVELOPE'
  if (isAboutLetter && isRefused) return { outcome: 'permanent', error: text }
  const hasReplied = error.responseCode !== undefined && error.responseCode !== 421
  const isOnlySlow = error.code === 'EABORT' || error.timeoutType === 'SOCKET_TIMEOUT'
  const isServerAway = !(isAboutLetter && hasReplied) && !isOnlySlow
  // The server's own words may contain an address.
  const problem = [error.code, error.responseCode].filter(Boolean).join(' ')
  if (isServerAway) noteTrouble({ kind: 'mail server away', problem })
  return { outcome: 'temporary', error: text, isServerAway }
}

const LONGEST_ERROR = 300

/** The server's own words if there are any: they tell an operator what to fix. */
function describeError(error: Error & SmtpError): string {
  const words = error.response ?? [error.code, error.message].filter(Boolean).join(': ')
  return words
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_ERROR)
}
