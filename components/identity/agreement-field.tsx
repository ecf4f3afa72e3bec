import { CheckField } from '@/components/ui/field'
import { PageLink } from '@/components/ui/page-link'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

const FIELD = 'agreement'

/** What the box says, as the service records it. Unticked: refused by the schema. */
export function readAgreement(form: FormData) {
  const isGiven = form.get(FIELD) === 'on'
  return { agreesToTerms: isGiven, isFourteenOrOlder: isGiven }
}

/**
 * One box for what has to be said to sign up. It is never ticked beforehand, and no consent hides in
 * it: privacy is a notice below. Links open beside the form, which keeps what was typed.
 */
export function AgreementField({
  isRefused,
  locale,
  words,
}: {
  isRefused: boolean
  locale: Locale
  words: Messages['access']['agreement']
}) {
  const link = { locale, target: '_blank', className: 'underline' }
  return (
    <CheckField
      name={FIELD}
      required
      label={words.label}
      error={isRefused && words.problem}
      hint={
        <>
          <PageLink href="/terms" {...link}>
            {words.terms}
          </PageLink>{' '}
          {words.notice}{' '}
          <PageLink href="/privacy" {...link}>
            {words.privacy}
          </PageLink>
        </>
      }
    />
  )
}
