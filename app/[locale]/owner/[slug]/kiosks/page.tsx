import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { ProofGate } from '@/components/identity/proof-gate'
import { ConnectKiosk } from '@/components/line/kiosk/connect-kiosk'
import { KioskList } from '@/components/line/kiosk/kiosk-list'
import { SettingsSection } from '@/components/restaurant/settings/settings-section'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { listKiosks } from '@/domain/line/kiosk.queries'
import { env } from '@/lib/env'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = { params: Promise<{ locale: string; slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { kiosk } = await loadMessages(await readPageLocale(params))
  return { title: kiosk.setting.title, robots: { index: false } }
}

export default async function KiosksPage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '/kiosks' })
  if (!restaurant) return <MissingPage locale={locale} />
  const { access, kiosk } = await loadMessages(locale)
  const words = kiosk.setting
  const { id: restaurantId, timeZone } = restaurant
  const kiosks = await listKiosks(restaurantId)
  const kioskUrl = new URL(localisePath({ path: '/owner/kiosk', locale }), env.APP_URL).href
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <ProofGate locale={locale} words={access}>
        <SettingsSection id="connect" title={words.connect} lead={words.connectLead}>
          <ConnectKiosk
            restaurantId={restaurantId}
            kioskUrl={kioskUrl}
            locale={locale}
            words={words}
          />
        </SettingsSection>
        <SettingsSection id="connected" title={words.list}>
          <KioskList
            restaurantId={restaurantId}
            kiosks={kiosks}
            timeZone={timeZone}
            locale={locale}
            words={words}
          />
        </SettingsSection>
      </ProofGate>
    </PageFrame>
  )
}
