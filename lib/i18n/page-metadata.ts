import type { Metadata } from 'next'
import type { Locale } from './locale'
import { loadMessages } from './messages'
import { nameAlternates } from './page-locale'

/** The size of a shared page's picture, which messengers crop the least. */
export const SHARED_PICTURE = { width: 1200, height: 630 }

const territories: Record<Locale, string> = { ko: 'ko_KR', en: 'en_US' }

/**
 * What search engines and messengers show of a public page. Its picture is at the same address
 * below `share.png`, with the language spelt out, because the proxy leaves addresses of files alone.
 */
export function describePublicPage({
  path,
  picturePath = path,
  locale,
  brand,
  title,
  description,
}: {
  /** Without language. */
  path: string
  /** The page whose picture is shown; its own, if not given. */
  picturePath?: string
  locale: Locale
  brand: string
  /** Undefined: the layout's own. */
  title?: string
  description: string
}): Metadata {
  const alternates = nameAlternates({ path, locale })
  const url = `/${locale}${picturePath === '/' ? '' : picturePath}/share.png`
  const shown = { title: title ?? brand, description }
  const images = [{ url, ...SHARED_PICTURE, alt: shown.title, type: 'image/png' }]
  return {
    ...(title !== undefined && { title }),
    description,
    alternates,
    openGraph: {
      type: 'website',
      siteName: brand,
      locale: territories[locale],
      url: alternates.canonical,
      ...shown,
      images,
    },
    twitter: { card: 'summary_large_image', ...shown, images },
  }
}

/** What a browser's tab shows of an address that leads to nothing. */
export async function describeMissingPage(locale: Locale): Promise<Metadata> {
  const { title } = (await loadMessages(locale)).shell.notFound
  return { title, robots: { index: false } }
}
