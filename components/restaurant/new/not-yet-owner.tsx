import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { OwnerApplication } from '@/domain/identity/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['settings']['open']

function tell({ application, words }: { application: OwnerApplication; words: Words }) {
  switch (application.state) {
    case 'REFUSED':
      return {
        title: words.refusedTitle,
        text: fillIn(words.refusedText, { reason: application.reason }),
      }
    case 'WAITING':
      return { title: words.waitingTitle, text: words.waitingText }
    case 'ADMIN':
      return { title: words.adminTitle, text: words.adminText }
    default:
      return { title: words.dinerTitle, text: words.dinerText }
  }
}

/** For an account that may not open a restaurant (yet): why, and what it can do. */
export function NotYetOwner({
  application,
  locale,
  words,
}: {
  application: OwnerApplication
  locale: Locale
  words: Words
}) {
  const { title, text } = tell({ application, words })
  const canAsk = application.state === 'DINER' || application.state === 'REFUSED'
  const [href, label] = canAsk ? ['/account', words.account] : ['/', words.home]
  return (
    <PageFrame width="task">
      <EmptyState title={title} heading="h1">
        <p className="whitespace-pre-line text-quiet">{text}</p>
        <PageLink href={href} locale={locale} className={styleButton({ tone: 'outline' })}>
          {label}
        </PageLink>
      </EmptyState>
    </PageFrame>
  )
}
