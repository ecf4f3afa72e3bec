import '@/components/ui/tokens.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { SiteFooter } from '@/components/identity/site-footer'
import { SiteHeader } from '@/components/identity/site-header'
import { FailureWordsProvider } from '@/components/ui/failure'
import { OfflineNotice } from '@/components/ui/offline-notice'
import { env } from '@/lib/env'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readOperator } from '@/lib/operator'

type Props = { children: ReactNode; params: Promise<{ locale: string }> }

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#171614' },
  ],
}

async function readWords(params: Props['params']) {
  const locale = await readPageLocale(params)
  return { locale, words: (await loadMessages(locale)).shell }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { words } = await readWords(params)
  return {
    metadataBase: new URL(env.APP_URL),
    title: { default: words.title, template: `%s · ${words.brand}` },
    description: words.description,
  }
}

export default async function RootLayout({ children, params }: Props) {
  const { locale, words } = await readWords(params)
  return (
    <html lang={locale}>
      <body className="flex flex-col">
        <a
          href="#content"
          className="absolute top-2 left-2 z-10 -translate-y-24 rounded-small bg-accent px-4 py-3 font-semibold text-on-accent focus:translate-y-0"
        >
          {words.skip}
        </a>
        <SiteHeader locale={locale} words={words} />
        <FailureWordsProvider
          words={{ ...words.error, homePath: localisePath({ path: '/', locale }) }}
        >
          {children}
        </FailureWordsProvider>
        <SiteFooter operator={readOperator()} locale={locale} words={words} />
        <OfflineNotice text={words.offline} />
      </body>
    </html>
  )
}
