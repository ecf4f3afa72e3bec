import type { Metadata } from 'next'
import { AdminNav } from '@/components/admin/admin-nav'
import { readPageAdmin } from '@/domain/identity/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

export const metadata: Metadata = { robots: { index: false } }

/** Shows the menu only; each page checks for itself that the visitor is an admin. */
export default async function AdminLayout({ children, params }: LayoutProps<'/[locale]/admin'>) {
  const locale = await readPageLocale(params)
  const admin = await readPageAdmin()
  const { nav } = (await loadMessages(locale)).admin
  return (
    <>
      {admin && <AdminNav locale={locale} words={nav} />}
      {children}
    </>
  )
}
