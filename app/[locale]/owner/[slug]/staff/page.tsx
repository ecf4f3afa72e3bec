import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { ProofGate } from '@/components/identity/proof-gate'
import { SettingsSection } from '@/components/restaurant/settings/settings-section'
import { AuthorMinutes } from '@/components/restaurant/staff/author-minutes'
import { InvitationList } from '@/components/restaurant/staff/invitation-list'
import { InviteForm } from '@/components/restaurant/staff/invite-form'
import { MemberList } from '@/components/restaurant/staff/member-list'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { listAuthors } from '@/domain/restaurant/author.queries'
import { loadStaff } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = { params: Promise<{ locale: string; slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { settings } = await loadMessages(await readPageLocale(params))
  return { title: settings.staff.title, robots: { index: false } }
}

export default async function StaffPage({ params }: Props) {
  const { locale, restaurant, visitor } = await readSettingsPage({ params, page: '/staff' })
  if (!restaurant) return <MissingPage locale={locale} />
  const { access, settings } = await loadMessages(locale)
  const { staff: words } = settings
  const { id: restaurantId, timeZone } = restaurant
  const { members, invitations } = await loadStaff(restaurantId)
  const form = { restaurantId, locale, words }
  return (
    <PageFrame>
      <PageTitle>{words.title}</PageTitle>
      <SettingsSection id="members" title={words.members} lead={words.membersLead}>
        <ProofGate locale={locale} words={access}>
          <MemberList {...form} members={members} ownId={visitor.accountId} />
        </ProofGate>
      </SettingsSection>
      <SettingsSection id="invite" title={words.invite} lead={words.inviteLead}>
        <InviteForm {...form} />
      </SettingsSection>
      <SettingsSection id="invitations" title={words.open}>
        <InvitationList {...form} invitations={invitations} timeZone={timeZone} />
      </SettingsSection>
      <SettingsSection id="tablet" title={words.pin.tablet} lead={words.pin.tabletLead}>
        <AuthorMinutes {...form} minutes={(await listAuthors(restaurantId)).minutes} />
      </SettingsSection>
    </PageFrame>
  )
}
