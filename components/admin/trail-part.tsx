import { Part } from '@/components/ui/facts'
import { PageLink } from '@/components/ui/page-link'
import type { TrailLine } from '@/domain/admin/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { TrailRows } from './trail-rows'

/** The newest of a trail, and the way to all of it. */
export function TrailPart({
  lines,
  href,
  title,
  more,
  locale,
  words,
}: {
  lines: TrailLine[]
  href: string
  title: string
  more: string
  locale: Locale
  words: Messages['admin']['audit']
}) {
  if (lines.length === 0) return null
  return (
    <Part
      id="trail"
      title={title}
      action={
        <PageLink
          href={href}
          locale={locale}
          className="flex min-h-12 items-center font-medium text-ink"
        >
          {more}
        </PageLink>
      }
    >
      <TrailRows lines={lines} locale={locale} words={words} />
    </Part>
  )
}

/** In the place of a list that holds nothing. */
export function Nothing({ text }: { text: string }) {
  return <p className="rounded-card border border-dashed border-line p-4 text-quiet">{text}</p>
}
