import type { ReactNode } from 'react'
import { styleButton } from '@/components/ui/button'
import { DownloadButtons } from '@/components/ui/download-button'
import { PageLink } from '@/components/ui/page-link'
import type {
  AccountOverview,
  LoginProvider,
  OwnPasskey,
  OwnSession,
} from '@/domain/identity/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { BasicSettings } from './basic-settings'
import { DeviceSettings } from './device-settings'
import { LoginSetting } from './login-settings'
import { OwnerSettings } from './owner-settings'
import { PasskeySettings } from './passkey-settings'
import { RefusedNotice } from './refused-notice'
import { SettingGroup } from './setting'
import { AddressSetting, PasswordSetting } from './sign-in-settings'
import { UnconfirmedNotice } from './unconfirmed-notice'

/** Every setting of an account, the most wanted first. */
export function AccountSettings({
  account,
  sessions,
  passkeys,
  providers,
  workplaces,
  locale,
  words,
  download,
  pins,
  children,
}: {
  account: AccountOverview
  sessions: OwnSession[]
  passkeys: OwnPasskey[]
  /** The providers whose logins can be connected here. */
  providers: LoginProvider[]
  /** Names of restaurants where the person is staff but not an owner. */
  workplaces: string[]
  locale: Locale
  words: Messages['account']['page'] & {
    inApp: Messages['shell']['inApp']
    passkey: Messages['access']['passkey']
  }
  download: Messages['privacy']['download']
  /** The PINs of shared tablets, which belong to another room. */
  pins: ReactNode
  /** The notification settings, which do too. */
  children: ReactNode
}) {
  const told = { account, locale, words }
  return (
    <>
      {!account.isConfirmed && <UnconfirmedNotice email={account.email} {...told} />}
      {account.isConfirmed && account.isMailRefused && (
        <RefusedNotice email={account.email} {...told} />
      )}
      <BasicSettings {...told} />
      {children}
      <SettingGroup title={words.signIn}>
        <AddressSetting {...told} />
        <PasswordSetting {...told} />
        {[...new Set([...providers, ...account.logins])].map((provider) => (
          <LoginSetting key={provider} provider={provider} {...told} />
        ))}
      </SettingGroup>
      <PasskeySettings passkeys={passkeys} {...told} />
      {workplaces.length > 0 && (
        <LinkGroup
          title={words.work}
          text={workplaces.join(', ')}
          link={words.workLink}
          href="/owner"
          locale={locale}
        />
      )}
      {pins}
      {account.role !== 'ADMIN' && <OwnerSettings {...told} />}
      <DeviceSettings sessions={sessions} locale={locale} words={words} />
      <SettingGroup title={words.export}>
        <div className="flex flex-col gap-4 p-4">
          <p className="text-quiet">{words.exportText}</p>
          <DownloadButtons
            choices={(['csv', 'json'] as const).map((format) => ({
              href: `/api/v1/account/export?format=${format}`,
              fileName: `bobjool-account.${format}`,
              label: download[format],
            }))}
            locale={locale}
            words={download}
            inApp={words.inApp}
          />
        </div>
      </SettingGroup>
      <LinkGroup
        title={words.deleteAccount}
        text={words.deleteAccountText}
        link={words.deleteAccountLink}
        href="/account/delete"
        locale={locale}
      />
    </>
  )
}

function LinkGroup({
  title,
  text,
  link,
  href,
  locale,
}: {
  title: string
  text: string
  link: string
  href: string
  locale: Locale
}) {
  return (
    <SettingGroup title={title}>
      <div className="flex items-center justify-between gap-4 p-4">
        <p className="text-quiet">{text}</p>
        <PageLink
          href={href}
          locale={locale}
          className={`${styleButton({ tone: 'outline' })} shrink-0`}
        >
          {link}
        </PageLink>
      </div>
    </SettingGroup>
  )
}
