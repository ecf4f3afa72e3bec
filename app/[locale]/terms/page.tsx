import type { Metadata } from 'next'
import { LegalText } from '@/components/identity/legal-text'
import { PageFrame } from '@/components/ui/page-frame'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { TERMS_VERSION } from '@/lib/legal'
import { readOperator } from '@/lib/operator'

/** The operator's details are those of the deployment, which the build does not know. */
export const dynamic = 'force-dynamic'

type Props = PageProps<'/[locale]/terms'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { legal } = await loadMessages(await readPageLocale(params))
  return { title: legal.terms.title, description: legal.terms.lead }
}

export default async function TermsPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { legal: words, shell } = await loadMessages(locale)
  return (
    <PageFrame width="task" className="gap-8">
      <LegalText
        said={words.terms}
        version={TERMS_VERSION}
        operator={readOperator()}
        locale={locale}
        words={words}
        details={shell.footer.details}
      />
    </PageFrame>
  )
}
