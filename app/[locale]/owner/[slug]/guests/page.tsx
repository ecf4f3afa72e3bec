import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { ProofGate } from '@/components/identity/proof-gate'
import { ErasureRequests } from '@/components/privacy/erasure-requests'
import { ImportPanel } from '@/components/privacy/guest-import/import-panel'
import { SettingsSection } from '@/components/restaurant/settings/settings-section'
import { DownloadButtons } from '@/components/ui/download-button'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { findRunningImport } from '@/domain/guest/import.queries'
import { listErasureRequests } from '@/domain/privacy/guest-export.queries'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = { params: Promise<{ locale: string; slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { privacy } = await loadMessages(await readPageLocale(params))
  return { title: privacy.guests.title, robots: { index: false } }
}

export default async function GuestsPage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '/guests' })
  if (!restaurant) return <MissingPage locale={locale} />
  const { access, guests, privacy, shell } = await loadMessages(locale)
  const { guests: words, download } = privacy
  const requests = await listErasureRequests(restaurant.id)
  const choices = (['csv', 'json'] as const).map((format) => ({
    href: `/api/v1/restaurants/${restaurant.id}/guests/export?format=${format}`,
    fileName: `bobjool-guests.${format}`,
    label: download[format],
  }))
  const book = {
    href: `/api/v1/restaurants/${restaurant.id}/guests/export?list=book&format=csv`,
    fileName: 'bobjool-guest-book.csv',
    label: download.csv,
  }
  const isOwner = restaurant.role === 'OWNER'
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      {isOwner && (
        <>
          <SettingsSection id="import" title={guests.import.title} lead={guests.import.lead}>
            <ImportPanel
              restaurantId={restaurant.id}
              running={await findRunningImport(restaurant.id)}
              locale={locale}
              words={guests}
            />
          </SettingsSection>
          <SettingsSection
            id="book"
            title={guests.import.exportTitle}
            lead={guests.import.exportLead}
          >
            <ProofGate locale={locale} words={access}>
              <DownloadButtons
                choices={[book]}
                locale={locale}
                words={download}
                inApp={shell.inApp}
              />
            </ProofGate>
          </SettingsSection>
        </>
      )}
      <SettingsSection id="export" title={words.export} lead={words.exportLead}>
        {isOwner ? (
          <ProofGate locale={locale} words={access}>
            <DownloadButtons
              choices={choices}
              locale={locale}
              words={download}
              inApp={shell.inApp}
            />
          </ProofGate>
        ) : (
          <p className="text-quiet">{words.ownersOnly}</p>
        )}
      </SettingsSection>
      <SettingsSection id="erasure" title={words.erasure} lead={words.erasureLead}>
        <ErasureRequests
          requests={requests}
          timeZone={restaurant.timeZone}
          locale={locale}
          words={words}
        />
      </SettingsSection>
    </PageFrame>
  )
}
