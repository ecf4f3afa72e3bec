import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AwaitedMail } from '@/components/identity/awaited-mail'
import { EndedNotice } from '@/components/identity/ended-notice'
import { ExternalButtons } from '@/components/identity/external-buttons'
import { ExternalOutcome } from '@/components/identity/external-outcome'
import { PasskeySignIn } from '@/components/identity/passkey/passkey-sign-in'
import { SignInForm } from '@/components/identity/sign-in-form'
import { SignInWays } from '@/components/identity/sign-in-ways'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { listLoginProviders } from '@/domain/identity/external-login.loaders'
import { pathToTell, readPathLocale } from '@/domain/identity/external-login.rules'
import { readPageVisitor, readSessionFate } from '@/domain/identity/loaders'
import { readReturnPath } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/sign-in'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return { title: (await loadMessages(locale)).shell.signIn.title, robots: { index: false } }
}

export default async function SignInPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { shell, access, account } = await loadMessages(locale)
  const words = shell.signIn
  const { callbackUrl, error } = await searchParams
  const returnPath = readReturnPath({
    given: callbackUrl,
    otherwise: localisePath({ path: '/start', locale }),
  })
  if (await readPageVisitor()) redirect(returnPath)
  const spoken = readPathLocale(returnPath)
  if (typeof error === 'string' && spoken === 'en' && locale !== spoken)
    redirect(pathToTell({ said: error, path: returnPath, locale: spoken }))
  const isEnded = (await readSessionFate()) === 'ended'
  return (
    <PageFrame width="task">
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <ExternalOutcome said={error} words={account.external} />
      {error === 'mail-sent' && (
        <AwaitedMail returnPath={returnPath} locale={locale} words={access} />
      )}
      {isEnded && <EndedNotice words={words} />}
      <noscript>
        <StatusMessage tone="quiet" title={words.noScript} />
      </noscript>
      <SignInForm returnPath={returnPath} locale={locale} words={words} />
      <PasskeySignIn
        returnPath={returnPath}
        locale={locale}
        words={{ ...access.passkey, failed: access.failed }}
      />
      <ExternalButtons
        providers={listLoginProviders()}
        returnPath={returnPath}
        locale={locale}
        words={{ ...account.external, inApp: shell.inApp }}
      />
      <SignInWays returnPath={returnPath} locale={locale} words={access.signInWays} />
    </PageFrame>
  )
}
