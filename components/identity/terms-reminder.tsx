import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import type { TermsQuestion } from '@/domain/identity/agreement.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Where a diner looks most, a link to the question on the account page; without any script. */
export function TermsReminder({
  question,
  locale,
  words,
}: {
  question: TermsQuestion
  locale: Locale
  words: Messages['access']['agreement']
}) {
  return (
    <StatusMessage tone="quiet" title={question.isChange ? words.changed : words.first}>
      <p className="text-quiet">
        {words.questionText}{' '}
        <PageLink href="/account" locale={locale}>
          {words.toAccount}
        </PageLink>
      </p>
    </StatusMessage>
  )
}
