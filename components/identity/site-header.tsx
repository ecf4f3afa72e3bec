import { BowlMark } from '@/components/ui/bowl-mark'
import { LanguageLink } from '@/components/ui/language-link'
import { PageLink } from '@/components/ui/page-link'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { VisitorMenu } from './visitor-menu'

/**
 * The same on every page, so that cached pages can carry it; the visitor's part is filled in later.
 */
export function SiteHeader({ locale, words }: { locale: Locale; words: Messages['shell'] }) {
  return (
    <header className="border-b border-line">
      <div className="relative mx-auto flex h-16 w-full max-w-page items-center gap-1 px-4 md:px-6 [body:has(main[data-board])_&]:max-w-none">
        <PageLink
          href="/"
          locale={locale}
          className="mr-auto flex min-h-12 items-center gap-2 rounded-small text-20 font-bold text-ink no-underline"
        >
          <BowlMark className="size-9" />
          <span className="max-[359px]:sr-only">{words.brand}</span>
        </PageLink>
        <nav aria-label={words.nav.label} className="flex min-w-0 items-center">
          <VisitorMenu locale={locale} words={words.nav} />
        </nav>
        <LanguageLink locale={locale === 'ko' ? 'en' : 'ko'} words={words.language} />
      </div>
    </header>
  )
}
