import { sealValue } from '@/lib/crypto/sealed-value'
import { cookieName } from '@/lib/http/session'

/** What a person says when they sign up, as the form sends it. */
export const AGREED = { agreesToTerms: true, isFourteenOrOlder: true }

/** What the browser of a person new from Kakao keeps until they agree. */
export function pendingCookie({ subject, email }: { subject: string; email: string }) {
  const person = { provider: 'kakao', subject, name: '새손님', email, isEmailVerified: true }
  const until = new Date(Date.now() + 60_000)
  return {
    name: cookieName('pending-login'),
    value: sealValue({ value: { person, path: '/reservations' }, until }),
  }
}
