'use client'

import { SettingGroup } from '@/components/identity/account/setting'
import { CheckField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { chooseOwnChannel } from '@/domain/notification/subscription.actions'
import type { PushState } from '@/domain/notification/subscription.schema'
import { channelChoices } from '@/domain/notification/subscription.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { PushSwitch } from './push-switch'

/**
 * The order of a person's notification channels, and whether this phone is one of their devices.
 */
export function ChannelSetting({
  push,
  locale,
  words,
}: {
  push: PushState
  locale: Locale
  words: Messages['notice']['push'] & { inApp: Messages['shell']['inApp'] }
}) {
  const { run, refusal } = useAction(words)
  return (
    <SettingGroup title={words.title}>
      {push.publicKey !== null && (
        <fieldset className="flex flex-col p-4">
          <legend className="sr-only">{words.order}</legend>
          {channelChoices.map((first) => (
            <CheckField
              key={`${first} ${push.first === first}`}
              type="radio"
              name="first"
              value={first}
              defaultChecked={push.first === first}
              label={words[first]}
              hint={words[`${first}Hint`]}
              onChange={() => run(() => chooseOwnChannel({ first, locale }))}
            />
          ))}
          {push.first === 'PUSH' && push.devices.length === 0 && (
            <p className="pt-2 text-15 text-waiting">{words.noDevice}</p>
          )}
          <LiveArea className="empty:hidden">
            {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
          </LiveArea>
        </fieldset>
      )}
      <div className="p-4">
        <PushSwitch push={push} locale={locale} words={words} />
      </div>
    </SettingGroup>
  )
}
