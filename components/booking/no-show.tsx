import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { NoShowView } from '@/domain/booking/dispute.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDateOfYear } from '@/lib/i18n/moment'
import { DisputeForm } from './dispute-form'

type Words = Messages['booking']['noShow']

/** What a no-show means for its diner, and the dispute they can send, or have sent. */
export function NoShow({
  reservationId,
  noShow: { rule, dispute, canDispute, disputableUntil },
  locale,
  words,
}: {
  reservationId: string
  noShow: NoShowView
  locale: Locale
  words: Words
}) {
  const name = (date: string) => formatDateOfYear({ date, locale })
  const isCounted = rule !== null && dispute?.granted !== true
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4 print:hidden">
      <h2 className="font-semibold">{words.title}</h2>
      {isCounted && (
        <p>
          {fillIn(rule.holds ? words.ruleHolds : words.rule, {
            limit: rule.limit,
            months: rule.months,
            date: name(rule.endsOn),
          })}
        </p>
      )}
      {dispute && <Sent dispute={dispute} words={words} />}
      {canDispute && (
        <DisputeForm
          reservationId={reservationId}
          hint={fillIn(words.textHint, { date: name(disputableUntil) })}
          locale={locale}
          words={words}
        />
      )}
      {!dispute && !canDispute && (
        <p className="text-quiet">{fillIn(words.closed, { date: name(disputableUntil) })}</p>
      )}
    </section>
  )
}

function Sent({
  dispute: { text, granted },
  words,
}: {
  dispute: NonNullable<NoShowView['dispute']>
  words: Words
}) {
  if (granted !== null)
    return (
      <StatusMessage
        tone={granted ? 'confirmed' : 'quiet'}
        title={granted ? words.granted : words.declined}
      />
    )
  return (
    <StatusMessage tone="waiting" title={words.pending}>
      <p>{words.pendingText}</p>
      {text && (
        <p className="whitespace-pre-line text-quiet">
          {words.yourWords}: <bdi>{text}</bdi>
        </p>
      )}
    </StatusMessage>
  )
}
