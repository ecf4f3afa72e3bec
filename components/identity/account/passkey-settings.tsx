'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextField } from '@/components/ui/field'
import { OutsideOffer, useInApp } from '@/components/ui/outside-offer'
import { LiveArea } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import {
  addOwnPasskey,
  askToAddPasskey,
  needOwnPasskey,
  removeOwnPasskey,
  renameOwnPasskey,
} from '@/domain/identity/passkey.actions'
import type { AccountOverview, OwnPasskey } from '@/domain/identity/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDateOfYear } from '@/lib/i18n/moment'
import { makePasskey, useCanPasskey } from '../passkey/ceremony'
import { DoneNote, Setting, SettingGroup } from './setting'
import { SettingForm } from './setting-form'

type Told = {
  account: AccountOverview
  passkeys: OwnPasskey[]
  locale: Locale
  words: Messages['account']['page'] & {
    inApp: Messages['shell']['inApp']
    passkey: Messages['access']['passkey']
  }
}

/** An account's passkeys: each with its name and use, a new one, and whether signing in needs one. */
export function PasskeySettings(told: Told) {
  const { account, passkeys, locale, words } = told
  const inApp = useInApp()
  const [done, setDone] = useState<string>()
  return (
    <SettingGroup title={words.passkeys}>
      <div className="flex flex-col gap-3 p-4">
        <p className="text-quiet">{words.passkeysText}</p>
        {passkeys.length === 0 && <p className="font-medium">{words.passkeysNone}</p>}
        {inApp ? (
          <OutsideOffer inApp={inApp} need="passkey" locale={locale} words={words.inApp} />
        ) : (
          account.isConfirmed && <AddPasskey {...told} onDone={setDone} />
        )}
        <DoneNote text={done} />
      </div>
      {passkeys.map((passkey) => (
        <PasskeySetting key={passkey.id} passkey={passkey} {...told} onDone={setDone} />
      ))}
      {passkeys.length > 0 && <NeedSetting {...told} />}
    </SettingGroup>
  )
}

type Done = { onDone: (said: string | undefined) => void }

function AddPasskey({ locale, words, onDone }: Told & Done) {
  const canPasskey = useCanPasskey()
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  if (!canPasskey) return null
  const add = () => {
    onDone(undefined)
    run(
      () =>
        makePasskey({
          begin: () => askToAddPasskey({ locale }),
          add: (answer) => addOwnPasskey({ answer, locale }),
          words: words.passkey,
        }),
      ({ name }) => onDone(fillIn(words.passkeyAdded, { name })),
    )
  }
  return (
    <>
      <Button tone="outline" isWide disabled={isRunning} onClick={add}>
        {isRunning ? words.passkey.asking : words.passkeyAdd}
      </Button>
      <LiveArea className="text-15 font-medium text-refusal empty:hidden">
        {refusal?.words}
      </LiveArea>
    </>
  )
}

function PasskeySetting({
  passkey,
  locale,
  words,
  onDone,
}: Pick<Told, 'locale' | 'words'> & Done & { passkey: OwnPasskey }) {
  const { id: passkeyId, name, createdDate, lastUsedDate } = passkey
  const made = fillIn(words.passkeyMade, { date: formatDateOfYear({ date: createdDate, locale }) })
  const used = lastUsedDate
    ? fillIn(words.passkeyUsed, { date: formatDateOfYear({ date: lastUsedDate, locale }) })
    : words.passkeyUnused
  return (
    <Setting label={words.passkeyName} value={name} hint={`${made} · ${used}`} words={words}>
      {(finish) => (
        <>
          <SettingForm
            words={words}
            onGiveUp={finish}
            act={(given) => renameOwnPasskey({ passkeyId, name: given('name'), locale })}
            onDone={() => finish(words.saved)}
            fields={(refused) => (
              <TextField
                label={words.passkeyName}
                name="name"
                autoComplete="off"
                defaultValue={name}
                error={refused('name', words.passkeyNameInvalid)}
              />
            )}
          />
          <RemovePasskey passkey={passkey} locale={locale} words={words} onDone={onDone} />
        </>
      )}
    </Setting>
  )
}

function RemovePasskey({
  passkey: { id: passkeyId, name },
  locale,
  words,
  onDone,
}: Pick<Told, 'locale' | 'words'> & Done & { passkey: OwnPasskey }) {
  const [isAsking, setIsAsking] = useState(false)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const remove = () =>
    run(
      () => removeOwnPasskey({ passkeyId, locale }),
      () => {
        setIsAsking(false)
        onDone(words.passkeyRemoved)
      },
    )
  return (
    <>
      <Button
        tone="quiet"
        aria-label={fillIn(words.passkeyRemoveLabel, { name })}
        onClick={() => setIsAsking(true)}
      >
        {words.passkeyRemove}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={fillIn(words.passkeyRemoveAsk, { name })}
        confirm={isRunning ? words.passkeyRemoving : words.passkeyRemove}
        cancel={words.cancel}
        closeLabel={words.close}
        isRunning={isRunning}
        refusal={refusal?.words}
        onConfirm={remove}
        onClose={() => setIsAsking(false)}
      >
        {words.passkeyRemoveText}
      </ConfirmDialog>
    </>
  )
}

/** Whether each way in but a passkey asks for one afterwards. The box says at once what is wished. */
function NeedSetting({ account, locale, words }: Told) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [isNeeded, setIsNeeded] = useState(account.needsPasskey)
  const wish = (wished: boolean) => {
    setIsNeeded(wished)
    run(async () => {
      const answer = await needOwnPasskey({ isNeeded: wished, locale })
      setIsNeeded(answer.ok ? wished : !wished)
      return answer
    })
  }
  return (
    <div className="flex flex-col gap-1 p-4">
      <label className="flex min-h-12 items-center gap-3 font-medium">
        <input
          type="checkbox"
          checked={isNeeded}
          disabled={isRunning}
          onChange={({ target }) => wish(target.checked)}
          className="size-5 shrink-0 accent-accent"
        />
        {words.passkeyNeeded}
      </label>
      <p className="text-15 text-quiet">{words.passkeyNeededHint}</p>
      <LiveArea className="text-15 font-medium text-refusal empty:hidden">
        {refusal?.words}
      </LiveArea>
    </div>
  )
}
