import type { Metadata } from 'next'
import { KioskApp } from '@/components/line/kiosk/kiosk-app'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/owner/kiosk'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { kiosk } = await loadMessages(await readPageLocale(params))
  return { title: kiosk.page.title, robots: { index: false }, referrer: 'no-referrer' }
}

/** For a tablet at the door: it is signed out, and no link leads away from it. */
export default async function KioskPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { kiosk } = await loadMessages(locale)
  return (
    <main
      id="content"
      tabIndex={-1}
      data-kiosk
      className="flex min-h-dvh w-full grow flex-col gap-6 p-6 outline-none"
    >
      <KioskApp locale={locale} words={kiosk.page} />
    </main>
  )
}
