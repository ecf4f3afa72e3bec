import type { CSSProperties, ReactNode } from 'react'
import { Container, Head, Html, Link, Preview, Section, Text } from 'react-email'
import { linkToPage } from '@/domain/notification/rules'
import type { Locale } from '@/lib/i18n/locale'
import { BowlMark } from './bowl-mark'
import { darkRules, fontFamily, size, tint } from './tokens'
import { words } from './words'

const page = tint({ text: 'ink', fill: 'paper' })
const card = tint({ fill: 'raised', edge: 'line' })
const quiet = tint({ text: 'quiet' })

type Subject = 'reservation' | 'ticket' | 'account' | 'opening'

/** The one frame of every mail: the bowl, a card, and the footer that all mails share. */
export function Layout({
  locale,
  preview,
  appUrl,
  about = 'reservation',
  children,
}: {
  locale: Locale
  /**
   * Where the current state can be read, and whom to ask: no restaurant can help with an account.
   */
  about?: Subject
  /** The preview that an inbox shows beside the subject. */
  preview: string
  appUrl: string
  children: ReactNode
}) {
  return (
    <Html lang={locale}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <style>{`:root{color-scheme:light dark}${darkRules}`}</style>
      </Head>
      <body className={page.className} style={{ ...page.style, ...bodyStyle }}>
        <Preview>{preview}</Preview>
        {/* Some mail programs drop the body and its colour; a table of the same colour stays. */}
        <Section className={page.className} style={{ ...page.style, padding: '24px 16px 32px' }}>
          <Container style={{ maxWidth: 480 }}>
            <BowlMark brand={words[locale].brand} />
            <Section className={card.className} style={{ ...card.style, ...cardStyle }}>
              {children}
            </Section>
            <Footer locale={locale} appUrl={appUrl} about={about} />
          </Container>
        </Section>
      </body>
    </Html>
  )
}

function Footer({ locale, appUrl, about }: { locale: Locale; appUrl: string; about: Subject }) {
  const { snapshot, ticketSnapshot, noReply, accountNoReply } = words[locale]
  const lines = {
    reservation: [snapshot, noReply],
    ticket: [ticketSnapshot, noReply],
    account: [accountNoReply],
    opening: [noReply],
  }
  return (
    <Section style={{ padding: '20px 8px 0' }}>
      {lines[about].map((line) => (
        <Text key={line} className={quiet.className} style={{ ...quiet.style, ...smallStyle }}>
          {line}
        </Text>
      ))}
      <Link
        data-skip-in-text
        href={linkToPage({ appUrl, locale, path: '' })}
        className={quiet.className}
        style={{ ...quiet.style, ...smallStyle }}
      >
        {new URL(appUrl).host}
      </Link>
    </Section>
  )
}

const bodyStyle: CSSProperties = {
  margin: 0,
  padding: 0,
  fontFamily,
  fontSize: size.body,
  lineHeight: 1.5,
  wordBreak: 'keep-all',
  overflowWrap: 'anywhere',
}
const cardStyle: CSSProperties = {
  borderWidth: 1,
  borderStyle: 'solid',
  borderRadius: 16,
  padding: '28px 24px',
}
const smallStyle: CSSProperties = { fontSize: size.small, lineHeight: 1.5, margin: '0 0 8px' }
