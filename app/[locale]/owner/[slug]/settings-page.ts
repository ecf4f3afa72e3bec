import { redirect } from 'next/navigation'
import { readPageWorker } from '@/domain/identity/loaders'
import { linkToProof, linkToSignIn } from '@/domain/identity/rules'
import { loadStaffRestaurant } from '@/domain/restaurant/loaders'
import { localisePath } from '@/lib/i18n/locale'
import { readPageLocale } from '@/lib/i18n/page-locale'

/**
 * The start of every settings page; a shared tablet first asks who its person is. `restaurant` null: no restaurant has this slug, or the account
 * may not change it, and the page is missing. A signed-out visitor returns here after signing in.
 * `page` is the rest of the address, '' or '/hours'.
 */
export async function readSettingsPage({
  params,
  page,
}: {
  params: Promise<{ locale: string; slug: string }>
  page: string
}) {
  const locale = await readPageLocale(params)
  const { slug } = await params
  const visitor = await readPageWorker()
  const path = `/owner/${encodeURIComponent(slug)}${page}`
  if (!visitor) redirect(linkToSignIn({ returnPath: localisePath({ path, locale }), locale }))
  const restaurant = await loadStaffRestaurant({ slug, rights: 'OWNER' })
  // The person at a shared tablet may not be the one who signed in.
  if (restaurant && visitor.awaitsProof) redirect(linkToProof({ path, locale }))
  return { locale, restaurant, visitor }
}
