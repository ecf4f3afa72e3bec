import { env } from '@/lib/env'
import { describeSecurityContact } from '@/lib/http/security-txt'
import { locales } from '@/lib/i18n/locale'

/** Contact and address are those of the deployment, which the build does not know. */
export const dynamic = 'force-dynamic'

/** Where to report a weakness (RFC 9116). 404 until the operator has set a contact. */
export function GET(): Response {
  if (!env.SECURITY_CONTACT) return new Response(null, { status: 404 })
  const text = describeSecurityContact({
    contacts: env.SECURITY_CONTACT,
    policy: env.SECURITY_POLICY_URL,
    origin: env.APP_URL,
    languages: locales,
    now: new Date(),
  })
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
