import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { loadMessages } from '@/lib/i18n/messages'
import { readGivenLocale } from '@/lib/i18n/page-locale'

export default async function NotFoundPage() {
  const locale = await readGivenLocale()
  const { notFound: words } = (await loadMessages(locale)).shell
  return (
    <PageFrame width="task">
      <EmptyState title={words.title} heading="h1">
        <p className="text-quiet">{words.text}</p>
        <PageLink href="/" locale={locale} className={styleButton()}>
          {words.home}
        </PageLink>
      </EmptyState>
    </PageFrame>
  )
}
