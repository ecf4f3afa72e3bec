import { redirect } from 'next/navigation'
import { readPageVisitor, readSessionFate } from '@/domain/identity/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { listStaffRestaurants } from '@/domain/restaurant/queries'
import { defaultLocale, isLocale, localisePath } from '@/lib/i18n/locale'

/**
 * The first page of the installed app, and after signing in without a return path: the board for
 * staff, the tables for diners, in the account's own language. A device whose session has ended
 * signs in first: a tablet at the door is no diner's.
 */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/start'>,
): Promise<never> {
  const asked = (await params).locale
  const visitor = await readPageVisitor()
  const locale = visitor?.locale ?? (isLocale(asked) ? asked : defaultLocale)
  if ((await readSessionFate()) === 'ended')
    redirect(linkToSignIn({ returnPath: localisePath({ path: '/start', locale }), locale }))
  if (visitor?.role === 'ADMIN') redirect(localisePath({ path: '/admin', locale }))
  const isOwner = visitor?.role === 'OWNER'
  const works =
    visitor &&
    !isOwner &&
    (await listStaffRestaurants({ accountId: visitor.accountId, limit: 1 })).items.length > 0
  redirect(localisePath({ path: isOwner || works ? '/owner' : '/', locale }))
}
