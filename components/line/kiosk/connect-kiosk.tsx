'use client'

import { useState } from 'react'
import { requestSignOut } from '@/components/identity/auth-requests'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { readFieldProblems, sayProblem, useFocusOnProblem } from '@/components/ui/field-problems'
import { QrCode } from '@/components/ui/qr-code'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { connectOwnKiosk } from '@/domain/line/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { linkToKiosk } from './kept-token'

type Words = Messages['kiosk']['setting']

/**
 * A key for one tablet, shown once: as a code for that tablet to scan, or for this device itself.
 */
export function ConnectKiosk({
  restaurantId,
  kioskUrl,
  locale,
  words,
}: {
  restaurantId: string
  /** The address of the kiosk page. */
  kioskUrl: string
  locale: Locale
  words: Words
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [name, setName] = useState('')
  const [made, setMade] = useState<{ name: string; token: string } | null>(null)
  const problems = readFieldProblems(refusal)
  const form = useFocusOnProblem(refusal)
  const connect = () =>
    run(
      () => connectOwnKiosk({ restaurantId, name, locale }),
      ({ token }) => {
        setMade({ name, token })
        setName('')
      },
    )
  return (
    <div className="flex flex-col gap-5">
      <form
        ref={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          connect()
        }}
      >
        <TextField
          label={words.name}
          hint={words.nameHint}
          error={sayProblem({
            problem: problems.get('name'),
            empty: words.nameEmpty,
            otherwise: words.nameWrong,
          })}
          value={name}
          maxLength={50}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={isRunning} className="self-start">
          {isRunning ? words.creating : words.create}
        </Button>
      </form>
      <LiveArea className="flex flex-col gap-4 empty:hidden">
        {refusal && !problems.has('name') && <StatusMessage tone="refusal" title={refusal.words} />}
        {made && (
          <StatusMessage tone="confirmed" title={fillIn(words.made, { name: made.name })}>
            <p>{words.madeText}</p>
          </StatusMessage>
        )}
      </LiveArea>
      {made && <Handover url={linkToKiosk({ path: kioskUrl, token: made.token })} words={words} />}
    </div>
  )
}

/** Guests will hold this device, so it is signed out first. */
function Handover({ url, words }: { url: string; words: Words }) {
  const [hasFailed, setHasFailed] = useState(false)
  const openHere = async () => {
    setHasFailed(false)
    if (await requestSignOut()) window.location.assign(url)
    else setHasFailed(true)
  }
  return (
    <div className="flex flex-col gap-4 rounded-card border border-line bg-raised p-5">
      <p className="font-semibold">{words.scan}</p>
      <QrCode text={url} label={words.code} />
      <Button tone="outline" size="large" isWide onClick={() => void openHere()}>
        {words.here}
      </Button>
      <p className="text-15 text-quiet">{words.hereText}</p>
      <LiveArea className="empty:hidden">
        {hasFailed && <StatusMessage tone="refusal" title={words.hereFailed} />}
      </LiveArea>
    </div>
  )
}
