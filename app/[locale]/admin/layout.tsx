import type { Metadata } from 'next'
import { AdminNav } from '@/components/admin/admin-nav'
import { PasskeyNotice } from '@/components/identity/passkey/passkey-notice'
import { readPageAdmin } from '@/domain/identity/loaders'
import { loadPasskeyNotice } from '@/domain/identity/passkey.loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

export const metadata: Metadata = { robots: { index: false } }

/** Shows the menu only; each page checks for itself that the visitor is an admin. */
export default async function AdminLayout({ children, params }: LayoutProps<'/[locale]/admin'>) {
  const locale = await readPageLocale(params)
  const admin = await readPageAdmin()
  const {
    admin: { nav },
    access,
  } = await loadMessages(locale)
  const asksForPasskey = admin !== null && (await loadPasskeyNotice())
  return (
    <>
      {admin && <AdminNav locale={locale} words={nav} />}
      {asksForPasskey && (
        <PasskeyNotice
          locale={locale}
          words={{ ...access.passkey.notice, failed: access.failed }}
        />
      )}
      {children}
    </>
  )
}
