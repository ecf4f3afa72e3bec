import { createHash } from 'node:crypto'
import type { DeviceOf } from '@/lib/http/sealed-cookie'
import type { Result } from '@/lib/problems/result'
import { type Taken, type TryLimit, takeTries } from '@/lib/redis/tries'
import { LINK_MINUTES } from './link.rules'
import type { LinkWish } from './link.schema'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** A name for an address in Redis, which keeps no address of a person for a day. */
export function nameMailbox(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('base64url').slice(0, 22)
}

/** A person mistypes a few times; NIST SP 800-63B ends guessing an account at a hundred. */
const MOST_GUESSES = { minute: 10, day: 100 }
/**
 * Accounts that wait for their right password at one network address. At a restaurant three hundred
 * people sign in in a minute, and those who mistype get it right a moment later.
 */
const MOST_GUESSED = { minute: 15, day: 1_000 }
/** Accounts whose passwords are judged at once for one network address, beside those guessed. */
const MOST_OPEN = 60
/** Right passwords count here alone: hashing them takes time that others wait for. */
const MOST_ENTRIES = 120
const MOST_AT_ADDRESS = 600

const perMinuteAndDay = ({
  subject,
  most,
  ...more
}: {
  subject: string
  most: { minute: number; day: number }
  mostOpen?: number
  member?: string
}): TryLimit[] => [
  { subject, most: most.minute, withinMs: MINUTE_MS, ...more },
  { subject: `${subject}:day`, most: most.day, withinMs: DAY_MS, ...more },
]

/** Guesses at an account: by a browser it has signed in on, or by all others together. */
function guessesOf({ email, device }: { email: string; device: string | null }): TryLimit[] {
  const mailbox = nameMailbox(email)
  const subject = device ? `sign-in:device:${device}:${mailbox}` : `sign-in:account:${mailbox}`
  return perMinuteAndDay({ subject, most: MOST_GUESSES })
}

/** A password that is about to be judged; it counts until it turns out to be right. */
export type PasswordGuess = Taken & { settle: (isRight: boolean) => Promise<void> }

/**
 * Lets a password be judged. Only wrong ones count: against the account, for browsers that it has
 * not signed in on, or against the browser alone, which nobody else can use up; and against the
 * network address, by how many accounts were guessed from it. Refuses `rate-limited`.
 */
export async function takePasswordGuess({
  email,
  deviceOf,
  address,
}: {
  email: string
  deviceOf: DeviceOf
  address: string | null
}): Promise<Result<PasswordGuess, 'rate-limited'>> {
  const device = deviceOf(email)
  const mailbox = nameMailbox(email)
  const entries = { subject: `sign-in:entries:${mailbox}`, most: MOST_ENTRIES, withinMs: MINUTE_MS }
  const guesses = [
    ...guessesOf({ email, device }),
    ...(address && !device
      ? perMinuteAndDay({
          subject: `sign-in:address:${address}`,
          most: MOST_GUESSED,
          mostOpen: MOST_OPEN,
          member: mailbox,
        })
      : []),
  ]
  const crowd = { subject: `sign-in:crowd:${address}`, most: MOST_AT_ADDRESS, withinMs: MINUTE_MS }
  const taken = await takeTries([...guesses, entries, ...(address ? [crowd] : [])])
  return taken.ok ? { ok: true, value: settling({ taken: taken.value, guesses, entries }) } : taken
}

const settling = ({
  taken,
  guesses,
  entries,
}: {
  taken: Taken
  guesses: TryLimit[]
  entries: TryLimit
}): PasswordGuess => ({
  ...taken,
  settle: (isRight) => taken.giveBack(isRight ? guesses : [entries]),
})

/**
 * Lets a signed-in person prove themselves by their own password. Guesses made by others count
 * elsewhere, so that they keep nobody from it. Refuses `rate-limited`.
 */
export async function takeOwnGuess(accountId: string): Promise<Result<Taken, 'rate-limited'>> {
  return takeTries(
    perMinuteAndDay({ subject: `own-password:account:${accountId}`, most: MOST_GUESSES }),
  )
}

/**
 * Five tries a mail and five mails an hour would be 600 guesses a day. With 30 a mailbox, one that
 * is attacked every day falls once in 90 years.
 */
const MOST_CODES = 30
const MOST_CODES_AT_ADDRESS = 300

/** Lets a mail's code be judged, as `takePasswordGuess` lets a password. */
export async function takeCodeGuess({
  email,
  deviceOf,
  address,
}: {
  email: string
  deviceOf: DeviceOf
  address: string | null
}): Promise<Result<Taken, 'rate-limited'>> {
  const device = deviceOf(email)
  const mailbox = nameMailbox(email)
  const subject = device ? `code:device:${device}:${mailbox}` : `code:mailbox:${mailbox}`
  const atAddress = {
    subject: `code:address:${address}`,
    most: MOST_CODES_AT_ADDRESS,
    withinMs: MINUTE_MS,
  }
  return takeTries([
    { subject, most: MOST_CODES, withinMs: DAY_MS },
    ...(address ? [atAddress] : []),
  ])
}

/** Mails for one kind of link while one of them works, and an hour's from behind one network address. */
const MOST_LINKS = 5
const MOST_LINKS_AT_ADDRESS = 600
const HOUR_MS = 60 * MINUTE_MS

/**
 * Counts a mail with a link: against the mailbox, for browsers that its account has not signed in
 * on, or against the browser alone. Refuses `rate-limited`. No mail is refused for longer than the
 * last one's link works, so that strangers who use up the mails of an account leave its owner a link
 * that opens it.
 */
export async function takeLinkMail({
  email,
  purpose,
  deviceOf,
  address,
}: {
  email: string
  purpose: LinkWish['purpose']
  deviceOf: DeviceOf
  address: string | null
}): Promise<Result<Taken, 'rate-limited'>> {
  const device = deviceOf(email)
  const asked = `${purpose} ${nameMailbox(email)}`
  const subject = device ? `mail-link:device:${device} ${asked}` : `mail-link:mailbox:${asked}`
  const atAddress = {
    subject: `mail-link:address:${address}`,
    most: MOST_LINKS_AT_ADDRESS,
    withinMs: HOUR_MS,
  }
  return takeTries([
    { subject, most: MOST_LINKS, withinMs: Math.min(HOUR_MS, LINK_MINUTES[purpose] * MINUTE_MS) },
    ...(address && !device ? [atAddress] : []),
  ])
}
