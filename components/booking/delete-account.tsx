import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { DeletionPreview } from '@/domain/booking/delete-account.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { DeleteAccountForm } from './delete-account-form'

type Words = Messages['account']['deleteAccount']

/**
 * Explains what deleting the account does and shows the form, or explains why it must wait and what
 * would help.
 */
export function DeleteAccount({
  preview,
  email,
  locale,
  words,
}: {
  preview: DeletionPreview
  email: string
  locale: Locale
  words: Words
}) {
  const { coming, ownerless, isLastAdmin, hasPassword } = preview
  if (ownerless.length > 0 || isLastAdmin) {
    const names = ownerless.map(({ name, nameEn }) => (locale === 'en' && nameEn) || name)
    const text = isLastAdmin
      ? words.lastAdminText
      : fillIn(words.lastOwnerText, { restaurants: names.join(', ') })
    return (
      <StatusMessage
        tone="refusal"
        title={isLastAdmin ? words.lastAdmin : words.lastOwner}
        actions={
          <>
            {!isLastAdmin && (
              <PageLink href="/owner" locale={locale} className={styleButton()}>
                {words.backToStaff}
              </PageLink>
            )}
            <PageLink href="/account" locale={locale} className={styleButton({ tone: 'outline' })}>
              {words.back}
            </PageLink>
          </>
        }
      >
        <p>{text}</p>
      </StatusMessage>
    )
  }
  return (
    <>
      <ul className="flex list-disc flex-col gap-2 pl-5">
        <li className="font-medium">
          {coming > 0 ? fillIn(words.coming, { count: coming }) : words.comingNone}
        </li>
        <li>{words.past}</li>
        <li>{words.erased}</li>
      </ul>
      <DeleteAccountForm email={hasPassword ? null : email} locale={locale} words={words} />
    </>
  )
}
