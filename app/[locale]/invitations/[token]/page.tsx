import type { Metadata } from 'next'
import { InvitationCard } from '@/components/restaurant/invitation/invitation-card'
import { InvitationOver } from '@/components/restaurant/invitation/invitation-over'
import { PageFrame } from '@/components/ui/page-frame'
import { loadInvitation } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = { params: Promise<{ locale: string; token: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { settings } = await loadMessages(await readPageLocale(params))
  return { title: settings.invitation.title, robots: { index: false }, referrer: 'no-referrer' }
}

export default async function InvitationPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { token } = await params
  const found = await loadInvitation(token)
  const words = (await loadMessages(locale)).settings.invitation
  const state = found?.invitation.state ?? 'UNKNOWN'
  const worksHere = found?.reader === 'WORKS_HERE'
  const boardPath = worksHere ? `/owner?restaurant=${found.invitation.restaurant.slug}` : null
  return (
    <PageFrame width="task">
      {found && state === 'OPEN' ? (
        <InvitationCard {...found} token={token} locale={locale} words={words} />
      ) : (
        <InvitationOver
          state={state === 'OPEN' ? 'UNKNOWN' : state}
          boardPath={boardPath}
          locale={locale}
          words={words}
        />
      )}
    </PageFrame>
  )
}
