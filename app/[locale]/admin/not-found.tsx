import type { Metadata } from 'next'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { readPageVisitor } from '@/domain/identity/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readGivenLocale, readPageLocale } from '@/lib/i18n/page-locale'
import { describeMissingPage } from '@/lib/i18n/page-metadata'

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return describeMissingPage(await readPageLocale(params))
}

/** The same for every visitor; an admin whose session has ended finds the way back here. */
export default async function AdminNotFoundPage() {
  const locale = await readGivenLocale()
  const { admin, shell } = await loadMessages(locale)
  const isSignedIn = (await readPageVisitor()) !== null
  const returnPath = localisePath({ path: '/admin', locale })
  return (
    <PageFrame width="task">
      <EmptyState title={shell.notFound.title} heading="h1">
        <p className="text-quiet">{isSignedIn ? shell.notFound.text : admin.notFoundSignIn}</p>
        {isSignedIn ? (
          <PageLink href="/" locale={locale} className={styleButton()}>
            {shell.notFound.home}
          </PageLink>
        ) : (
          <a href={linkToSignIn({ returnPath, locale })} className={styleButton()}>
            {admin.signIn}
          </a>
        )}
      </EmptyState>
    </PageFrame>
  )
}
