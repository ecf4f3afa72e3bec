'use client'

import type { OwnRequestView } from '@/domain/identity/link-request.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { CodeForm } from './code-form'
import { MailOutcome } from './mail-outcome'
import { useOwnRequest } from './use-own-request'

/**
 * What this browser does while a mail it asked for is on its way: it takes the code, shows the
 * number by which the mail's reader knows it, and goes on once the mail was used.
 */
export function AwaitedMail({
  mails = 1,
  returnPath,
  locale,
  words,
}: {
  /** Counts the mails; each has its own code. */
  mails?: number
  returnPath: string
  locale: Locale
  words: Messages['access']
}) {
  const request = useOwnRequest(mails)
  const isWaiting = !request || request.state === 'waiting'
  return (
    <>
      <MailOutcome state={request?.state} returnPath={returnPath} locale={locale} words={words} />
      {isWaiting && (
        <>
          <CodeForm key={mails} returnPath={returnPath} locale={locale} words={words} />
          <OwnNumber request={request} words={words} />
        </>
      )}
    </>
  )
}

/** The number by which the mail's reader recognises this browser. */
function OwnNumber({
  request,
  words,
}: {
  request: OwnRequestView | null
  words: Messages['access']
}) {
  const number = request?.number ?? null
  if (number === null) return null
  return (
    <section className="flex items-center gap-4 rounded-small border border-line bg-raised p-4">
      <strong className="text-44 leading-none font-bold tabular-nums">{number}</strong>
      <p className="text-15 text-quiet">{words.number.own}</p>
    </section>
  )
}
