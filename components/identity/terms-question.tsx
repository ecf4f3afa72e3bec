'use client'

import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useAction } from '@/components/ui/use-action'
import { agreeToPresentTerms } from '@/domain/identity/agreement.actions'
import type { TermsQuestion } from '@/domain/identity/agreement.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Asks an existing account for the present terms. It stands beside what the page is for, never before. */
export function TermsQuestionNotice({
  question,
  locale,
  words,
}: {
  question: TermsQuestion
  locale: Locale
  words: Messages['access']
}) {
  const { run, isRunning, refusal } = useAction(words)
  const said = words.agreement
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        run(
          () => agreeToPresentTerms({ locale }),
          () => {},
        )
      }}
    >
      <StatusMessage tone="quiet" title={question.isChange ? said.changed : said.first}>
        <p className="text-quiet">
          {said.questionText}{' '}
          <PageLink href="/terms" locale={locale}>
            {said.terms}
          </PageLink>
        </p>
        <div className="mt-2 flex">
          <SubmitButton isRunning={isRunning} working={said.agreeing}>
            {said.agree}
          </SubmitButton>
        </div>
        <LiveArea className="empty:hidden">
          {refusal && <p className="font-medium text-refusal">{refusal.words}</p>}
        </LiveArea>
      </StatusMessage>
    </form>
  )
}
