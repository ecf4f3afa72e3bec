import type { MetadataRoute } from 'next'
import { env } from '@/lib/env'
import { locales } from '@/lib/i18n/locale'

/** The sitemap's address is that of the deployment, which the build does not know. */
export const dynamic = 'force-dynamic'

/**
 * What needs signing in. Pages with a secret address are not listed: a crawler that finds one has to
 * read there that it must not be indexed.
 */
const SIGNED_IN = ['/account', '/reservations', '/owner', '/admin']

export default function robots(): MetadataRoute.Robots {
  const prefixes = ['', ...locales.map((locale) => `/${locale}`)]
  const disallow = prefixes.flatMap((prefix) => SIGNED_IN.map((path) => `${prefix}${path}`))
  return {
    rules: { userAgent: '*', allow: '/', disallow },
    sitemap: new URL('/sitemap.xml', env.APP_URL).href,
  }
}
