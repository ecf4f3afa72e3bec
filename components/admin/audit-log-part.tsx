import { Part } from '@/components/ui/facts'
import { PageLink } from '@/components/ui/page-link'
import type { AuditLogLine } from '@/domain/admin/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { AuditLogRows } from './audit-log-rows'

/** The newest lines of the audit log, with a link to the rest. */
export function AuditLogPart({
  lines,
  href,
  title,
  more,
  locale,
  words,
}: {
  lines: AuditLogLine[]
  href: string
  title: string
  more: string
  locale: Locale
  words: Messages['admin']['audit']
}) {
  if (lines.length === 0) return null
  return (
    <Part
      id="audit-log"
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
      <AuditLogRows lines={lines} locale={locale} words={words} />
    </Part>
  )
}

/** Stands in place of an empty list. */
export function Nothing({ text }: { text: string }) {
  return <p className="rounded-card border border-dashed border-line p-4 text-quiet">{text}</p>
}
