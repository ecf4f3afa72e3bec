'use client'

import { TextField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import { askForNewAddress } from '@/domain/identity/account.actions'
import { changeOwnPassword } from '@/domain/identity/session.actions'
import type { AccountOverview } from '@/domain/identity/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { Setting } from './setting'
import { SettingForm } from './setting-form'

type Told = { account: AccountOverview; locale: Locale; words: Messages['account']['page'] }

export function AddressSetting({ account, locale, words }: Told) {
  const state = account.isConfirmed ? words.emailConfirmed : words.emailUnconfirmed
  const pending =
    account.pendingEmail && fillIn(words.emailPending, { email: account.pendingEmail })
  return (
    <Setting label={words.email} value={account.email} hint={pending ?? state} words={words}>
      {(finish) => (
        <SettingForm
          words={words}
          submit={words.emailAsk}
          onGiveUp={finish}
          act={(given) => askForNewAddress({ email: given('email'), locale })}
          onDone={({ email }) => finish(fillIn(words.emailSent, { email }))}
          fields={(refused) => (
            <TextField
              label={words.emailNew}
              name="email"
              type="email"
              autoComplete="email"
              inputMode="email"
              autoCapitalize="none"
              hint={words.emailHint}
              error={refused('email', words.emailInvalid)}
            />
          )}
        />
      )}
    </Setting>
  )
}

export function PasswordSetting({ account, locale, words }: Told) {
  return (
    <Setting
      label={words.password}
      value={account.hasPassword ? words.passwordSet : words.passwordNone}
      words={words}
    >
      {(finish) => (
        <SettingForm
          words={words}
          onGiveUp={finish}
          act={(given) =>
            changeOwnPassword({
              ...(account.hasPassword && { presentPassword: given('present-password') }),
              newPassword: given('new-password'),
              locale,
            })
          }
          onDone={() => finish(words.passwordSaved)}
          fields={(refused) => (
            <>
              {/* Tells password managers which account the new password belongs to. */}
              <input type="hidden" name="username" autoComplete="username" value={account.email} />
              {account.hasPassword && (
                <TextField
                  label={words.passwordPresent}
                  name="present-password"
                  type="password"
                  autoComplete="current-password"
                />
              )}
              <TextField
                label={words.passwordNew}
                name="new-password"
                type="password"
                autoComplete="new-password"
                hint={words.passwordHint}
                error={refused('newPassword', words.passwordInvalid)}
              />
            </>
          )}
        />
      )}
    </Setting>
  )
}
