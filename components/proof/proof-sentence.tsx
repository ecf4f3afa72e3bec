import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { ProofSummary } from '@/domain/proof/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatNumber } from '@/lib/i18n/number'
import type { Verified, Verifying } from './use-verifier'

/** The visitor's own place; null unless this device has checked the receipt that names it. */
function findRank(result: Verified | null): number | null {
  const receipt = result?.checks.find(({ id, state }) => id === 'receipt' && state !== 'bad')
  return typeof receipt?.rank === 'number' ? receipt.rank : null
}

/** The outcome in one sentence, and how much of it this device has checked. */
export function ProofSentence({
  summary: { facts, counts },
  verifying,
  locale,
  words,
}: {
  summary: ProofSummary
  verifying: Verifying
  locale: Locale
  words: Messages['proof']['sentence']
}) {
  const result = verifying.step === 'done' ? verifying.result : null
  const rank = findRank(result)
  const isDrawn = facts.announcement.orderBy === 'DRAW'
  const format = (value: number) => formatNumber({ value, locale })
  // By arrival, nobody came late: a number is a number.
  const count = format(isDrawn ? facts.entryCount : facts.entryCount + counts.late)
  const [alone, own] = isDrawn ? [words.drawn, words.drawnOwn] : [words.arrived, words.arrivedOwn]
  const title =
    rank === null ? fillIn(alone, { count }) : fillIn(own, { count, rank: format(rank) })
  if (!result)
    return (
      <StatusMessage tone="quiet" title={title}>
        <p>
          {verifying.step === 'running' || verifying.step === 'loading' ? words.now : words.yet}
        </p>
      </StatusMessage>
    )
  const countOf = (state: 'ok' | 'bad') => result.checks.filter((it) => it.state === state).length
  return result.isRight ? (
    <StatusMessage tone="confirmed" title={title}>
      <p>{fillIn(words.right, { count: countOf('ok') })}</p>
    </StatusMessage>
  ) : (
    <StatusMessage tone="refusal" title={title}>
      <p>{fillIn(words.wrong, { count: countOf('bad') })}</p>
    </StatusMessage>
  )
}
