import type { Metadata } from 'next'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from './settings-page'

type Props = { params: Promise<{ locale: string; slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { settings } = await loadMessages(await readPageLocale(params))
  return { title: settings.overview.title, robots: { index: false } }
}

export default async function OverviewPage({ params }: Props) {
  const { locale } = await readSettingsPage({ params, page: '' })
  const { settings: words } = await loadMessages(locale)
  return (
    <PageFrame>
      <PageTitle>{words.overview.title}</PageTitle>
    </PageFrame>
  )
}
