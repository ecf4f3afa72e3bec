import { redirect } from 'next/navigation'
import { readPageVisitor } from '@/domain/identity/loaders'
import { listStaffRestaurants } from '@/domain/restaurant/queries'
import { defaultLocale, isLocale, localisePath } from '@/lib/i18n/locale'

/**
 * The first page after signing in without a return path: the board for staff, the tables for
 * diners, in the account's own language.
 */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/start'>,
): Promise<never> {
  const asked = (await params).locale
  const visitor = await readPageVisitor()
  const locale = visitor?.locale ?? (isLocale(asked) ? asked : defaultLocale)
  if (visitor?.role === 'ADMIN') redirect(localisePath({ path: '/admin', locale }))
  const isOwner = visitor?.role === 'OWNER'
  const works =
    visitor &&
    !isOwner &&
    (await listStaffRestaurants({ accountId: visitor.accountId, limit: 1 })).items.length > 0
  redirect(localisePath({ path: isOwner || works ? '/owner' : '/', locale }))
}
