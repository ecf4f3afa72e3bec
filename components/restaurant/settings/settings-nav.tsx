'use client'

import clsx from 'clsx'
import { useSelectedLayoutSegment } from 'next/navigation'
import { PageLink } from '@/components/ui/page-link'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

const pages = [
  ...(['overview', 'profile', 'hours', 'tables', 'areas', 'floor-plan'] as const),
  ...(['schedule', 'openings', 'staff', 'kiosks', 'notices', 'guests', 'disputes'] as const),
]

/** Every entry stays visible, on a phone too, so that nothing has to be scrolled to. */
export function SettingsNav({
  slug,
  locale,
  words,
}: {
  slug: string
  locale: Locale
  words: Messages['settings']['nav']
}) {
  const segment = useSelectedLayoutSegment()
  return (
    <ul className="-mx-3 grid grid-cols-4 md:flex md:flex-wrap">
      <li>
        <PageLink href={`/owner?restaurant=${slug}`} locale={locale} className={look(false)}>
          {words.board}
        </PageLink>
      </li>
      {pages.map((page) => {
        const isHere = (segment ?? 'overview') === page
        const path = page === 'overview' ? '' : `/${page}`
        return (
          <li key={page}>
            <PageLink
              href={`/owner/${slug}${path}`}
              locale={locale}
              aria-current={isHere ? 'page' : undefined}
              className={look(isHere)}
            >
              {words[page]}
            </PageLink>
          </li>
        )
      })}
    </ul>
  )
}

function look(isHere: boolean): string {
  return clsx(
    'flex min-h-12 items-center justify-center border-b-3 px-2 text-center text-15 no-underline md:px-3 md:text-17',
    isHere
      ? 'border-accent font-bold text-ink'
      : 'border-transparent font-medium text-quiet hover:border-line hover:text-ink',
  )
}
