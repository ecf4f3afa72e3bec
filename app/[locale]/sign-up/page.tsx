import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ExternalButtons } from '@/components/identity/external-buttons'
import { SignUp } from '@/components/identity/sign-up-form'
import { PageFrame } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { listLoginProviders } from '@/domain/identity/external-login.loaders'
import { loadSentTo, readPageVisitor } from '@/domain/identity/loaders'
import { linkToSignIn, readReturnPath } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/sign-up'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return { title: (await loadMessages(locale)).access.signUp.title, robots: { index: false } }
}

export default async function SignUpPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { access: words, account, shell } = await loadMessages(locale)
  const { callbackUrl, wants, sent } = await searchParams
  const returnPath = readReturnPath({
    given: callbackUrl,
    otherwise: localisePath({ path: '/', locale }),
  })
  if (await readPageVisitor()) redirect(returnPath)
  return (
    <PageFrame width="task">
      <noscript>
        <StatusMessage tone="quiet" title={words.noScript} />
      </noscript>
      <SignUp
        sentTo={await loadSentTo({ purpose: 'CONFIRM_ADDRESS', sent })}
        returnPath={returnPath}
        wants={wants === 'OWNER' ? 'OWNER' : 'DINER'}
        locale={locale}
        words={words}
      />
      <ExternalButtons
        providers={listLoginProviders()}
        returnPath={returnPath}
        locale={locale}
        words={{ ...account.external, inApp: shell.inApp }}
      />
      <p className="flex flex-wrap items-center justify-center gap-x-2">
        <span className="text-quiet">{words.signUp.haveAccount}</span>
        <a
          href={linkToSignIn({ returnPath, locale })}
          className="flex min-h-12 items-center font-semibold"
        >
          {words.signUp.signIn}
        </a>
      </p>
    </PageFrame>
  )
}
