import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { BookingsSwitch } from '@/components/restaurant/settings/bookings-switch'
import { OpeningSteps } from '@/components/restaurant/settings/opening-steps'
import { PublishSwitch } from '@/components/restaurant/settings/publish-switch'
import { SettingsSection } from '@/components/restaurant/settings/settings-section'
import { styleButton } from '@/components/ui/button'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { countSetup } from '@/domain/restaurant/setup.queries'
import { isReadyToOpen } from '@/domain/restaurant/setup.rules'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from './settings-page'

type Props = { params: Promise<{ locale: string; slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { settings } = await loadMessages(await readPageLocale(params))
  return { title: settings.overview.title, robots: { index: false } }
}

export default async function OverviewPage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '' })
  if (!restaurant) return <MissingPage locale={locale} />
  const { overview: words, switches } = (await loadMessages(locale)).settings
  const { id: restaurantId, slug, published, bookingsOn, hiddenReason } = restaurant
  const setup = await countSetup(restaurantId)
  const isReady = isReadyToOpen(setup)
  const switching = { restaurantId, locale, words: switches }
  return (
    <PageFrame>
      <PageTitle>{words.title}</PageTitle>
      <SettingsSection
        id="set-up"
        title={words.setUp}
        lead={isReady ? words.setUpDone : words.setUpLead}
      >
        <OpeningSteps slug={slug} setup={setup} isReady={isReady} locale={locale} words={words} />
      </SettingsSection>
      <SettingsSection id="switches" title={words.switches}>
        <div className="flex flex-col gap-6 rounded-card border border-line bg-raised p-4">
          <PublishSwitch
            {...switching}
            isOn={published}
            isReady={isReady}
            hiddenFor={hiddenReason}
          />
          <BookingsSwitch {...switching} isOn={bookingsOn} isPublic={published} />
        </div>
      </SettingsSection>
      <div className="flex flex-wrap gap-2 border-t border-line pt-8">
        {published && (
          <PageLink
            href={`/restaurants/${slug}`}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {words.view}
          </PageLink>
        )}
        <PageLink
          href="/owner/restaurants/new"
          locale={locale}
          className={styleButton({ tone: 'outline' })}
        >
          {words.newRestaurant}
        </PageLink>
      </div>
    </PageFrame>
  )
}
