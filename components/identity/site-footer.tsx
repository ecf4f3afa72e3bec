import { PageLink } from '@/components/ui/page-link'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

const link = 'flex min-h-12 items-center text-15 text-quiet no-underline hover:underline'

/** Links owners to their entrance. A board fills the screen and has no footer. */
export function SiteFooter({ locale, words }: { locale: Locale; words: Messages['shell'] }) {
  return (
    <footer className="border-t border-line [body:has(main[data-board])_&]:hidden">
      <div className="mx-auto flex w-full max-w-page flex-wrap items-center gap-x-6 px-4 py-2 md:px-6">
        <PageLink href="/restaurants" locale={locale} className={link}>
          {words.footer.search}
        </PageLink>
        <PageLink
          href={`/sign-up?${new URLSearchParams({ wants: 'OWNER', callbackUrl: localisePath({ path: '/owner', locale }) })}`}
          locale={locale}
          className={link}
        >
          {words.footer.owners}
        </PageLink>
      </div>
    </footer>
  )
}
