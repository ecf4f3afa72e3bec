/** Long enough to fetch a security key; an unanswered challenge is worth nothing afterwards. */
export const CHALLENGE_MINUTES = 5
/** More than a person's devices; a bound for what a session in wrong hands can add. */
export const MOST_PASSKEYS = 20

/**
 * `ADD`: a signed-in account makes a passkey. `SIGN_IN`: a passkey alone. `SECOND_FACTOR`: a passkey
 * of the account whose password, mail or login was right in this browser. `PROVE`: a signed-in
 * account proves who it is once more.
 */
export const challengePurposes = ['ADD', 'SIGN_IN', 'SECOND_FACTOR', 'PROVE'] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

/** Whether the passkey verifies its person: wherever nothing else does. */
export function isVerifying(purpose: ChallengePurpose): boolean {
  return purpose !== 'SECOND_FACTOR'
}

/**
 * Whether an authenticator's counter has gone on since the latest signature. Most count nothing and
 * always say 0; one that counts and falls behind has a copy elsewhere.
 */
export function isCounterFresh({ stored, given }: { stored: number; given: number }): boolean {
  return (stored === 0 && given === 0) || given > stored
}

/** Why a passkey can't go. Null: it can. `others` are the account's remaining passkeys. */
export function refuseRemoval({
  others,
  hasOtherWay,
  isNeeded,
}: {
  others: number
  /** A password, or a login at Kakao or Naver. */
  hasOtherWay: boolean
  /** The account or the operator asks for a passkey after every other way in. */
  isNeeded: boolean
}): 'last-login' | 'last-passkey' | null {
  if (others > 0) return null
  if (isNeeded) return 'last-passkey'
  return hasOtherWay ? null : 'last-login'
}

/** The name of a new passkey, until its person gives it one: the browser, and which of several. */
export function nameNew({ browser, taken }: { browser: string; taken: string[] }): string {
  const names = [browser, ...taken.map((_, index) => `${browser} ${index + 2}`)]
  return names.find((name) => !taken.includes(name)) ?? browser
}

/** How long a person who has lost their passkeys waits: the owner of an account taken by its first factor has time to stop it. */
export const RECOVERY_HOURS = 24
/** Then it has to be asked for anew. */
export const RECOVERY_DAYS = 7
