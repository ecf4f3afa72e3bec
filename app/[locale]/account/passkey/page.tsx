import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AskForPasskey } from '@/components/identity/passkey/ask-for-passkey'
import { ProofGate } from '@/components/identity/proof-gate'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { loadPasskeyAsk } from '@/domain/identity/passkey.loaders'
import { linkToSignIn, readReturnPath } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/account/passkey'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { passkey } = (await loadMessages(locale)).access
  return { title: passkey.make.title, robots: { index: false } }
}

/** Makes a passkey after signing up, or makes or asks for the one that the operator requires. */
export default async function AskForPasskeyPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { access, shell } = await loadMessages(locale)
  const { callbackUrl } = await searchParams
  const returnPath = readReturnPath({
    given: callbackUrl,
    otherwise: localisePath({ path: '/start', locale }),
  })
  const ask = await loadPasskeyAsk()
  if (!ask) {
    const query = new URLSearchParams({ callbackUrl: returnPath })
    const here = `${localisePath({ path: '/account/passkey', locale })}?${query}`
    redirect(linkToSignIn({ returnPath: here, locale }))
  }
  if (ask.isDone) redirect(returnPath)
  const { passkey, failed, noScript } = access
  const said = ask.hasPasskey ? passkey.prove : passkey.make
  const makingLead = ask.isRequired ? passkey.make.requiredLead : passkey.make.lead
  return (
    <PageFrame width="task">
      <PageTitle lead={ask.hasPasskey ? passkey.prove.lead : makingLead}>{said.title}</PageTitle>
      <noscript>
        <StatusMessage tone="quiet" title={noScript} />
      </noscript>
      <ProofGate locale={locale} words={access}>
        <AskForPasskey
          hasPasskey={ask.hasPasskey}
          canWait={!ask.isRequired}
          returnPath={returnPath}
          locale={locale}
          words={{ ...passkey, failed, inApp: shell.inApp }}
        />
      </ProofGate>
    </PageFrame>
  )
}
