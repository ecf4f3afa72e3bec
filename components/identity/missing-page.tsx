import type { CSSProperties } from 'react'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MissingDocument } from '@/components/ui/missing-document'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'

async function readMissing(locale: Locale) {
  const { notFound: words } = (await loadMessages(locale)).shell
  const ways = [
    { path: '/restaurants', name: words.search },
    { path: '/reservations', name: words.reservations },
    { path: '/', name: words.home },
  ]
  return { ...words, ways }
}

/** Fills the screen, as the page after it does: nothing seems to move. */
const plain: CSSProperties = {
  position: 'absolute',
  inset: 0,
  boxSizing: 'border-box',
  font: '17px/1.5 sans-serif',
  maxWidth: 480,
  margin: '0 auto',
  padding: '80px 16px 16px',
  textAlign: 'center',
  wordBreak: 'keep-all',
}

/** What a page answers, with status 404, for an address that leads to nothing. */
export async function MissingPage({ locale }: { locale: Locale }) {
  const { title, text, ways } = await readMissing(locale)
  return (
    <MissingDocument>
      <main lang={locale} style={plain}>
        <h1 style={{ fontSize: 20 }}>{title}</h1>
        <p>{text}</p>
        <nav aria-label={title}>
          {ways.map(({ path, name }) => (
            <a
              key={path}
              href={localisePath({ path, locale })}
              style={{ display: 'inline-block', padding: '12px 16px' }}
            >
              {name}
            </a>
          ))}
        </nav>
      </main>
    </MissingDocument>
  )
}

/** The same as it looks once scripts run. */
export async function MissingView({ locale }: { locale: Locale }) {
  const { title, text, ways } = await readMissing(locale)
  return (
    <PageFrame width="task">
      <EmptyState title={title} heading="h1">
        <p className="text-quiet">{text}</p>
        <nav aria-label={title} className="flex w-full max-w-xs flex-col gap-2">
          {ways.map(({ path, name }, index) => (
            <PageLink
              key={path}
              href={path}
              locale={locale}
              className={styleButton({ tone: index === 0 ? 'main' : 'outline' })}
            >
              {name}
            </PageLink>
          ))}
        </nav>
      </EmptyState>
    </PageFrame>
  )
}
