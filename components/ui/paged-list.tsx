import type { ReactNode } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { styleButton } from './button'
import { EmptyState } from './empty-state'
import { PageLink } from './page-link'

type Query = Record<string, string | null>

/** An address with the present query and its changes. */
export function linkTo(path: string, query: Query): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path
}

/** Links to the next page of a list, and back to the first. */
export function Pager({
  path,
  query,
  field = 'cursor',
  nextCursor,
  locale,
  words,
}: {
  path: string
  query: Query
  /** The cursor's name, for a page with several lists. */
  field?: string
  nextCursor: string | null
  locale: Locale
  words: Messages['admin']['list']
}) {
  const isFirst = !query[field]
  if (isFirst && !nextCursor) return null
  return (
    <nav aria-label={words.pages} className="flex flex-wrap gap-2">
      {!isFirst && (
        <PageLink
          href={linkTo(path, { ...query, [field]: null })}
          locale={locale}
          className={styleButton({ tone: 'quiet' })}
        >
          {words.first}
        </PageLink>
      )}
      {nextCursor && (
        <PageLink
          href={linkTo(path, { ...query, [field]: nextCursor })}
          locale={locale}
          className={styleButton({ tone: 'outline' })}
        >
          {words.next}
        </PageLink>
      )}
    </nav>
  )
}

export function NothingFound({
  path,
  locale,
  words,
}: {
  path: string
  locale: Locale
  words: Messages['admin']['list']
}) {
  return (
    <EmptyState title={words.none}>
      <p className="text-quiet">{words.noneText}</p>
      <PageLink href={path} locale={locale} className={styleButton({ tone: 'outline' })}>
        {words.reset}
      </PageLink>
    </EmptyState>
  )
}

export function Rows({ children }: { children: ReactNode }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
      {children}
    </ul>
  )
}

/** A row that links to its own page; all of it can be pressed. */
export function RowLink({
  href,
  locale,
  title,
  aside,
  children,
}: {
  href: string
  locale: Locale
  title: ReactNode
  /** The state, at the right. */
  aside?: ReactNode
  children?: ReactNode
}) {
  return (
    <li>
      <PageLink
        href={href}
        locale={locale}
        className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-2.5 text-ink no-underline hover:bg-line/40"
      >
        <span className="flex min-w-0 flex-col">
          <span className="font-semibold">{title}</span>
          {children && <span className="text-15 text-quiet">{children}</span>}
        </span>
        {aside && <span className="flex shrink-0 flex-wrap justify-end gap-1">{aside}</span>}
      </PageLink>
    </li>
  )
}
