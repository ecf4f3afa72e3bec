'use client'

import { useEffect, useState } from 'react'
import { readPlace } from '@/components/opening/lobby/kept-place'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/field'
import { ProgressBar } from '@/components/ui/progress-bar'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { ProofSummary } from '@/domain/proof/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { BookingGroups } from './booking-groups'
import { CheckList } from './check-list'
import { FactSection } from './fact-list'
import { OpeningStrip } from './opening-strip'
import { ProofRows } from './proof-rows'
import { ProofSentence } from './proof-sentence'
import { TurnPlot } from './turn-plot'
import { useVerifier, type Verifying } from './use-verifier'

type Words = Pick<
  Messages['proof'],
  'check' | 'checks' | 'groups' | 'plot' | 'rows' | 'sentence' | 'strip'
>
/** A log of so many entries weighs some 200 kB, so the page checks it without being asked. */
const MOST_UNASKED = 5_000

/** The entry that a receipt names, without checking its signature; null if it is not a receipt. */
function readEntry(receipt: string): string | null {
  try {
    const [said = ''] = receipt.split('.')
    const claims: unknown = JSON.parse(atob(said.replaceAll('-', '+').replaceAll('_', '/')))
    const isClaims = typeof claims === 'object' && claims !== null && 'e' in claims
    return isClaims && typeof claims.e === 'string' ? claims.e : null
  } catch {
    return null
  }
}

function Outcome({ verifying, words }: { verifying: Verifying; words: Words['check'] }) {
  if (verifying.step === 'loading') return <p>{words.loading}</p>
  if (verifying.step === 'running') {
    const { done, all } = verifying
    return (
      <div className="flex flex-col gap-1.5">
        <p className="tabular-nums">{fillIn(words.running, { done, all })}</p>
        <ProgressBar label={words.title} done={done} all={all} />
      </div>
    )
  }
  if (verifying.step === 'failed')
    return (
      <StatusMessage tone="refusal" title={words.failed}>
        <p>{words.failedText}</p>
      </StatusMessage>
    )
  if (verifying.step !== 'done') return null
  const { checks, isRight } = verifying.result
  const right = checks.filter(({ state }) => state === 'ok').length
  const wrong = checks.filter(({ state }) => state === 'bad').length
  return isRight ? (
    <StatusMessage tone="confirmed" title={words.right}>
      <p>{fillIn(words.rightText, { count: right })}</p>
    </StatusMessage>
  ) : (
    <StatusMessage tone="refusal" title={words.wrong}>
      <p>{fillIn(words.wrongText, { count: wrong })}</p>
    </StatusMessage>
  )
}

/** Recomputes the order on this device, and shows when each turn came. */
export function ProofPanel({
  summary,
  timeZone,
  locale,
  words,
}: {
  summary: ProofSummary
  timeZone: string
  locale: Locale
  words: Words
}) {
  const { entryCount, announcement } = summary.facts
  const { id } = announcement
  const { verifying, verify } = useVerifier(id)
  const [receipt, setReceipt] = useState('')
  const [isFound, setIsFound] = useState(false)
  // What nobody asked for changes the sentence only: nothing below it may move.
  const [isAsked, setIsAsked] = useState(false)
  useEffect(() => {
    const kept = readPlace(id)?.entry.receipt
    if (kept) setReceipt(kept)
    setIsFound(kept !== undefined)
    if (entryCount <= MOST_UNASKED) void verify(kept ?? '')
  }, [id, entryCount, verify])
  const { check } = words
  const isBusy = verifying.step === 'loading' || verifying.step === 'running'
  const result = verifying.step === 'done' ? verifying.result : null
  const askToVerify = () => {
    setIsAsked(true)
    return verify(receipt)
  }
  const own = readEntry(verifying.step === 'done' ? verifying.receipt : receipt)
  return (
    <>
      {/* Room for two lines of each on a phone. */}
      <div className="max-md:min-h-[136px]">
        <ProofSentence
          summary={summary}
          verifying={verifying}
          locale={locale}
          words={words.sentence}
        />
      </div>
      <OpeningStrip summary={summary} timeZone={timeZone} locale={locale} words={words.strip} />
      {summary.counts.withTurn > 0 && (
        <FactSection id="plot" title={words.plot.title}>
          <TurnPlot
            facts={summary.facts}
            log={result ?? summary}
            own={own}
            timeZone={timeZone}
            words={words.plot}
          />
        </FactSection>
      )}
      <FactSection id="check" title={check.title}>
        <p>{check.lead}</p>
        <noscript>
          <p className="text-quiet">{check.noScript}</p>
        </noscript>
        <TextArea
          label={check.receipt}
          hint={isFound ? check.receiptFound : check.receiptHint}
          value={receipt}
          rows={3}
          maxLength={2_000}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setReceipt(target.value)}
        />
        <Button className="self-start" disabled={isAsked && isBusy} onClick={askToVerify}>
          {isAsked ? check.again : check.run}
        </Button>
        <LiveArea>{isAsked && <Outcome verifying={verifying} words={check} />}</LiveArea>
        {isAsked && result && (
          <CheckList checks={result.checks} timeZone={timeZone} words={words} />
        )}
      </FactSection>
      <BookingGroups groups={summary.counts} words={words.groups} />
      <ProofRows
        summary={summary}
        log={result}
        own={own}
        timeZone={timeZone}
        locale={locale}
        words={words.rows}
      />
    </>
  )
}
