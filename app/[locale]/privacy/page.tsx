import type { Metadata } from 'next'
import { LegalText } from '@/components/identity/legal-text'
import { RetentionTable } from '@/components/identity/retention-table'
import { PageFrame } from '@/components/ui/page-frame'
import { retention } from '@/domain/admin/retention.rules'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { PRIVACY_VERSION } from '@/lib/legal'
import { readOperator } from '@/lib/operator'

/** The operator's details are those of the deployment, which the build does not know. */
export const dynamic = 'force-dynamic'

type Props = PageProps<'/[locale]/privacy'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { legal } = await loadMessages(await readPageLocale(params))
  return { title: legal.privacy.title, description: legal.privacy.lead }
}

export default async function PrivacyPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { legal: words, shell } = await loadMessages(locale)
  return (
    <PageFrame width="task" className="gap-8">
      <LegalText
        said={words.privacy}
        version={PRIVACY_VERSION}
        operator={readOperator()}
        locale={locale}
        words={words}
        details={shell.footer.details}
      >
        <RetentionTable retention={retention} words={words.privacy} />
      </LegalText>
    </PageFrame>
  )
}
