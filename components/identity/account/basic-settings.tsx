'use client'

import { TextField } from '@/components/ui/field'
import { changeOwnLanguage, changeOwnProfile } from '@/domain/identity/account.actions'
import type { AccountOverview } from '@/domain/identity/types'
import { isLocale, type Locale, locales, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { forgetVisitor } from '../visitor'
import { Setting, SettingGroup } from './setting'
import { SettingForm } from './setting-form'

type Told = { account: AccountOverview; locale: Locale; words: Messages['account']['page'] }

/** Name, phone and language. */
export function BasicSettings(told: Told) {
  return (
    <SettingGroup title={told.words.basics}>
      <NameSetting {...told} />
      <PhoneSetting {...told} />
      <LanguageSetting {...told} />
    </SettingGroup>
  )
}

function NameSetting({ account, locale, words }: Told) {
  return (
    <Setting label={words.name} value={account.name} words={words}>
      {(finish) => (
        <SettingForm
          words={words}
          onGiveUp={finish}
          act={(given) => changeOwnProfile({ name: given('name'), locale })}
          onDone={() => {
            forgetVisitor()
            finish(words.saved)
          }}
          fields={(refused) => (
            <TextField
              label={words.name}
              name="name"
              autoComplete="name"
              defaultValue={account.name}
              hint={words.nameHint}
              error={refused('name', words.nameInvalid, words.nameEmpty)}
            />
          )}
        />
      )}
    </Setting>
  )
}

function PhoneSetting({ account, locale, words }: Told) {
  return (
    <Setting label={words.phone} value={account.phone ?? words.phoneNone} words={words}>
      {(finish) => (
        <SettingForm
          words={words}
          onGiveUp={finish}
          act={(given) => changeOwnProfile({ phone: given('phone'), locale })}
          onDone={() => finish(words.saved)}
          fields={(refused) => (
            <TextField
              label={words.phone}
              name="phone"
              type="tel"
              autoComplete="tel"
              defaultValue={account.phone ?? ''}
              hint={words.phoneHint}
              error={refused('phone', words.phoneInvalid)}
            />
          )}
        />
      )}
    </Setting>
  )
}

function LanguageSetting({ account, locale, words }: Told) {
  return (
    <Setting
      label={words.language}
      value={words[account.locale]}
      hint={words.languageHint}
      words={words}
    >
      {(finish) => (
        <SettingForm
          words={words}
          onGiveUp={finish}
          act={async (given) => {
            const language = given('language')
            if (!isLocale(language)) throw new Error(`no such language: ${language}`)
            const answer = await changeOwnLanguage({ language, locale })
            // A full load, because the header and every link change language.
            if (answer.ok)
              window.location.assign(localisePath({ path: '/account', locale: language }))
            return answer
          }}
          onDone={() => finish(words.saved)}
          fields={() => (
            <fieldset className="flex flex-col gap-1">
              <legend className="sr-only">{words.language}</legend>
              {locales.map((each) => (
                <label key={each} lang={each} className="flex min-h-12 items-center gap-3">
                  <input
                    type="radio"
                    name="language"
                    value={each}
                    defaultChecked={each === account.locale}
                    className="size-5 accent-accent"
                  />
                  {words[each]}
                </label>
              ))}
            </fieldset>
          )}
        />
      )}
    </Setting>
  )
}
