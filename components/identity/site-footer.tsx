import { PageLink } from '@/components/ui/page-link'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { footerDetails, type Operator } from '@/lib/operator-details'
import { OperatorDetails } from './operator-details'

const link = 'flex min-h-12 items-center text-15 text-quiet no-underline hover:underline'

/** Links owners to their entrance, and says who runs the service, as far as the operator has said. A board fills the screen and has no footer. */
export function SiteFooter({
  operator,
  locale,
  words,
}: {
  operator: Operator
  locale: Locale
  words: Messages['shell']
}) {
  const details = footerDetails.filter((detail) => operator[detail] !== null)
  return (
    <footer className="border-t border-line [body:has(main[data-board])_&]:hidden">
      <div className="mx-auto flex w-full max-w-page flex-wrap items-center gap-x-6 px-4 py-2 md:px-6">
        <PageLink href="/restaurants" locale={locale} className={link}>
          {words.footer.search}
        </PageLink>
        <PageLink
          href={`/sign-up?${new URLSearchParams({ wants: 'OWNER', callbackUrl: localisePath({ path: '/owner', locale }) })}`}
          locale={locale}
          className={link}
        >
          {words.footer.owners}
        </PageLink>
        <PageLink href="/terms" locale={locale} className={link}>
          {words.footer.terms}
        </PageLink>
        <PageLink href="/privacy" locale={locale} className={`${link} font-semibold`}>
          {words.footer.privacy}
        </PageLink>
      </div>
      {details.length > 0 && (
        <OperatorDetails
          details={details}
          operator={operator}
          words={words.footer.details}
          className="mx-auto w-full max-w-page px-4 pb-6 md:px-6"
        />
      )}
    </footer>
  )
}
