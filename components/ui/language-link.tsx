'use client'

import { usePathname } from 'next/navigation'
import { type Locale, localisePath, neutralisePath } from '@/lib/i18n/locale'

/** The same page in the other language, with the search or choice in its address. */
export function LanguageLink({
  locale,
  words,
}: {
  /** The other language. */
  locale: Locale
  words: { name: string; short: string; label: string }
}) {
  const path = localisePath({ path: neutralisePath(usePathname()), locale })
  return (
    <a
      href={path}
      hrefLang={locale}
      lang={locale}
      aria-label={words.label}
      onClick={(event) => {
        event.currentTarget.search = window.location.search
      }}
      className="flex min-h-12 min-w-12 items-center justify-center rounded-small px-2 text-15 font-medium whitespace-nowrap text-quiet no-underline hover:text-ink hover:underline"
    >
      <span className="md:hidden">{words.short}</span>
      <span className="max-md:hidden">{words.name}</span>
    </a>
  )
}
