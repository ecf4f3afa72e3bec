import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LostPasskey } from '@/components/identity/passkey/lost-passkey'
import { SecondFactor } from '@/components/identity/passkey/second-factor'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { readPageVisitor } from '@/domain/identity/loaders'
import { loadRecovery } from '@/domain/identity/passkey.loaders'
import { linkToSignIn, readReturnPath } from '@/domain/identity/rules'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/sign-in/passkey'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { passkey } = (await loadMessages(locale)).access
  return { title: passkey.second.title, robots: { index: false } }
}

export default async function SecondFactorPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { access, shell } = await loadMessages(locale)
  const { callbackUrl } = await searchParams
  const returnPath = readReturnPath({
    given: callbackUrl,
    otherwise: localisePath({ path: '/start', locale }),
  })
  if (await readPageVisitor()) redirect(returnPath)
  const { passkey, failed } = access
  const said = passkey.second
  const recovery = await loadRecovery()
  return (
    <PageFrame width="task">
      <PageTitle lead={said.lead}>{said.title}</PageTitle>
      <noscript>
        <StatusMessage tone="quiet" title={access.noScript} />
      </noscript>
      <SecondFactor
        returnPath={returnPath}
        locale={locale}
        words={{ ...passkey, failed, inApp: shell.inApp }}
      />
      <a
        href={linkToSignIn({ returnPath, locale })}
        className="flex min-h-12 items-center self-center"
      >
        {said.again}
      </a>
      <LostPasskey
        waitsUntil={
          recovery && nameInstant({ at: recovery.readyAt, timeZone: ADMIN_TIME_ZONE, locale })
        }
        isReady={recovery?.isReady ?? false}
        returnPath={returnPath}
        locale={locale}
        words={{ ...said.lost, failed }}
      />
      <p className="text-15 text-quiet">{said.lost.help}</p>
    </PageFrame>
  )
}
