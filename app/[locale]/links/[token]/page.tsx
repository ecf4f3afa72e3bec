import type { Metadata } from 'next'
import { LinkVisitView } from '@/components/identity/link-visit'
import { PageFrame } from '@/components/ui/page-frame'
import { loadLinkVisit } from '@/domain/identity/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/links/[token]'>

/** The address contains the token, so it must reach no other site and no search index. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { pageTitle: title } = (await loadMessages(locale)).access.link
  return { title, robots: { index: false, follow: false }, referrer: 'no-referrer' }
}

export default async function LinkPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { token } = await params
  const { access: words } = await loadMessages(locale)
  const visit = await loadLinkVisit(token)
  return (
    <PageFrame width="task">
      <LinkVisitView visit={visit} token={token} locale={locale} words={words} />
    </PageFrame>
  )
}
