import { notFound, redirect } from 'next/navigation'
import { readPageVisitor } from '@/domain/identity/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { loadStaffRestaurant } from '@/domain/restaurant/loaders'
import { localisePath } from '@/lib/i18n/locale'
import { readPageLocale } from '@/lib/i18n/page-locale'

/**
 * What every page of the settings begins with: who may not change this restaurant finds no such
 * page, and nobody signed in comes back to it after signing in. `page` is the rest of its address,
 * '' or '/hours'.
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
  const visitor = await readPageVisitor()
  const path = `/owner/${encodeURIComponent(slug)}${page}`
  if (!visitor) redirect(linkToSignIn({ returnPath: localisePath({ path, locale }), locale }))
  const restaurant = await loadStaffRestaurant({ slug, rights: 'OWNER' })
  if (!restaurant) notFound()
  return { locale, restaurant, visitor }
}
