import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { PicturesForm } from '@/components/restaurant/settings/pictures-form'
import { ProfileForm } from '@/components/restaurant/settings/profile-form'
import { RulesForm } from '@/components/restaurant/settings/rules-form'
import { SettingsSection } from '@/components/restaurant/settings/settings-section'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadTimeZones } from '@/domain/restaurant/loaders'
import { pickProfile, pickRules } from '@/domain/restaurant/rules'
import { listPictures } from '@/domain/restaurant/setup.queries'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = { params: Promise<{ locale: string; slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { settings } = await loadMessages(await readPageLocale(params))
  return { title: settings.profile.title, robots: { index: false } }
}

export default async function ProfilePage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '/profile' })
  if (!restaurant) return <MissingPage locale={locale} />
  const { settings, booking } = await loadMessages(locale)
  const { profile, save, fields, hints, errors, preview, pictures } = settings
  const words = { profile, save, fields, hints, errors, preview, pictures }
  const { id: restaurantId, version, timeZone } = restaurant
  const form = { restaurantId, version, locale, words }
  return (
    <PageFrame>
      <PageTitle>{profile.title}</PageTitle>
      <SettingsSection id="about" title={profile.introduction} lead={profile.introductionLead}>
        <ProfileForm
          {...form}
          profile={pickProfile(restaurant)}
          known={{ category: booking.categories, region: booking.regions }}
        />
      </SettingsSection>
      <SettingsSection id="pictures" title={profile.pictures} lead={profile.picturesLead}>
        <PicturesForm {...form} pictures={await listPictures(restaurantId)} />
      </SettingsSection>
      <SettingsSection id="rules" title={profile.rules} lead={profile.rulesLead}>
        <RulesForm {...form} rules={pickRules(restaurant)} timeZones={loadTimeZones(timeZone)} />
      </SettingsSection>
    </PageFrame>
  )
}
