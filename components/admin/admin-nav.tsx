'use client'

import { useSelectedLayoutSegment } from 'next/navigation'
import { PageLink } from '@/components/ui/page-link'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

const pages = [
  'overview',
  'owners',
  'people',
  'restaurants',
  'reservations',
  'openings',
  'notices',
  'audit',
] as const

/** Every entry stays visible, on a phone too. */
export function AdminNav({ locale, words }: { locale: Locale; words: Messages['admin']['nav'] }) {
  const here = useSelectedLayoutSegment() ?? 'overview'
  return (
    <nav aria-label={words.label} className="border-b border-line">
      <ul className="mx-auto grid w-full max-w-page grid-cols-3 px-1 md:flex md:px-3">
        {pages.map((page) => (
          <li key={page}>
            <PageLink
              href={page === 'overview' ? '/admin' : `/admin/${page}`}
              locale={locale}
              aria-current={page === here ? 'page' : undefined}
              className="flex min-h-12 items-center justify-center border-b-3 border-transparent px-3 text-15 font-medium text-quiet no-underline hover:text-ink aria-[current]:border-accent aria-[current]:font-bold aria-[current]:text-ink md:text-17"
            >
              {words[page]}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
