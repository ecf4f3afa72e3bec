import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProofGate } from '@/components/identity/proof-gate'
import { ProofPress } from '@/components/identity/proof-press'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { readPageVisitor } from '@/domain/identity/loaders'
import { readReturnPath } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/owner/prove'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { access } = await loadMessages(await readPageLocale(params))
  return { title: access.proof.title, robots: { index: false } }
}

/** On a shared tablet: its own person proves who they are, and goes on to the page they wanted. */
export default async function ProvePage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { to } = await searchParams
  const otherwise = localisePath({ path: '/owner', locale })
  const returnPath = readReturnPath({ given: to, otherwise })
  const visitor = await readPageVisitor()
  if (!visitor?.awaitsProof) redirect(returnPath)
  const { access } = await loadMessages(locale)
  const { shared } = access.proof
  return (
    <PageFrame width="task">
      <PageTitle lead={shared.lead}>{shared.title}</PageTitle>
      <ProofGate locale={locale} words={access}>
        <ProofPress
          returnPath={returnPath}
          locale={locale}
          words={{ ...shared, failed: access.failed }}
        />
      </ProofGate>
    </PageFrame>
  )
}
