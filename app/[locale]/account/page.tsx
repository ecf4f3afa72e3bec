import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccountSettings } from '@/components/identity/account/account-settings'
import { ConnectOutcome } from '@/components/identity/account/connect-outcome'
import { RecoveryNotice } from '@/components/identity/account/recovery-notice'
import { ProofGate } from '@/components/identity/proof-gate'
import { SessionKeeper } from '@/components/identity/session-keeper'
import { TermsQuestionNotice } from '@/components/identity/terms-question'
import { ChannelSetting } from '@/components/notification/channel-setting'
import { PinSettings } from '@/components/restaurant/staff/pin-settings'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { findTermsQuestion } from '@/domain/identity/agreement.queries'
import { listLoginProviders } from '@/domain/identity/external-login.loaders'
import {
  loadOwnAccount,
  loadOwnSessions,
  readPageVisitor,
  readSessionFate,
} from '@/domain/identity/loaders'
import { findRecovery, listPasskeys } from '@/domain/identity/passkey.queries'
import { linkToProof, linkToSignIn } from '@/domain/identity/rules'
import { readPushState } from '@/domain/notification/subscription.queries'
import { listOwnPins } from '@/domain/restaurant/author.queries'
import { listStaffRestaurants } from '@/domain/restaurant/queries'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/account'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return { title: (await loadMessages(locale)).account.title, robots: { index: false } }
}

export default async function AccountPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const account = await loadOwnAccount()
  const returnPath = localisePath({ path: '/account', locale })
  if (!account) redirect(linkToSignIn({ returnPath, locale }))
  const visitor = await readPageVisitor()
  if (visitor?.awaitsProof) redirect(linkToProof({ path: '/account', locale }))
  const { access, account: words, notice, privacy, shell } = await loadMessages(locale)
  const push = await readPushState(account.id)
  const question = await findTermsQuestion(account.id)
  const fate = await readSessionFate()
  const recovery = await findRecovery(account.id)
  const pins = await listOwnPins(account.id)
  const isDiner = account.role === 'DINER'
  const { items } = isDiner
    ? await listStaffRestaurants({ accountId: account.id, limit: 5 })
    : { items: [] }
  return (
    <PageFrame width="task" className="gap-8">
      {fate && <SessionKeeper fate={fate} />}
      <PageTitle>{words.title}</PageTitle>
      <ConnectOutcome asked={await searchParams} account={account} words={words.page} />
      <RecoveryNotice
        readyAt={
          recovery && nameInstant({ at: recovery.readyAt, timeZone: ADMIN_TIME_ZONE, locale })
        }
        isReady={recovery?.isReady ?? false}
        locale={locale}
        words={words.page}
      />
      {question && <TermsQuestionNotice question={question} locale={locale} words={access} />}
      <noscript>
        <StatusMessage tone="quiet" title={words.page.noScript} />
      </noscript>
      <ProofGate locale={locale} words={access}>
        <AccountSettings
          account={account}
          sessions={await loadOwnSessions()}
          passkeys={await listPasskeys(account.id)}
          providers={listLoginProviders()}
          workplaces={items.map(({ name, nameEn }) => (locale === 'en' && nameEn) || name)}
          locale={locale}
          words={{ ...words.page, inApp: shell.inApp, passkey: access.passkey }}
          download={privacy.download}
          pins={pins.length > 0 && <PinSettings pins={pins} locale={locale} words={words.pins} />}
        >
          {push && (
            <ChannelSetting
              words={{ ...notice.push, inApp: shell.inApp }}
              push={push}
              locale={locale}
            />
          )}
        </AccountSettings>
      </ProofGate>
    </PageFrame>
  )
}
