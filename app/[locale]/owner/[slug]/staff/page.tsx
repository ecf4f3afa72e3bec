import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { SettingsSection } from '@/components/restaurant/settings/settings-section'
import { InvitationList } from '@/components/restaurant/staff/invitation-list'
import { InviteForm } from '@/components/restaurant/staff/invite-form'
import { MemberList } from '@/components/restaurant/staff/member-list'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
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
  const { staff: words } = (await loadMessages(locale)).settings
  const { id: restaurantId, timeZone } = restaurant
  const { members, invitations } = await loadStaff(restaurantId)
  const form = { restaurantId, locale, words }
  return (
    <PageFrame>
      <PageTitle>{words.title}</PageTitle>
      <SettingsSection id="members" title={words.members} lead={words.membersLead}>
        <MemberList {...form} members={members} ownId={visitor.accountId} />
      </SettingsSection>
      <SettingsSection id="invite" title={words.invite} lead={words.inviteLead}>
        <InviteForm {...form} />
      </SettingsSection>
      <SettingsSection id="invitations" title={words.open}>
        <InvitationList {...form} invitations={invitations} timeZone={timeZone} />
      </SettingsSection>
    </PageFrame>
  )
}
