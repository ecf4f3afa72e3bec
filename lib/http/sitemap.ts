import { env } from '@/lib/env'
import { type Locale, locales, localisePath } from '@/lib/i18n/locale'

/** The most addresses that search engines read of one file. */
const MOST_ADDRESSES = 50_000
/** Each path has an address in every language. */
export const PATHS_A_FILE = MOST_ADDRESSES / locales.length

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const NAMESPACES =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const addressOf = ({ path, locale }: { path: string; locale: Locale }) =>
  escapeXml(new URL(localisePath({ path, locale }), env.APP_URL).href)

/** A path in every language; each address names all of them, itself included. */
function writePath(path: string): string {
  const alternates = locales
    .map((locale) => ({ language: locale as string, href: addressOf({ path, locale }) }))
    .concat({ language: 'x-default', href: addressOf({ path, locale: 'ko' }) })
    .map(
      ({ language, href }) => `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`,
    )
    .join('')
  return locales
    .map((locale) => `<url><loc>${addressOf({ path, locale })}</loc>${alternates}</url>\n`)
    .join('')
}

function xmlResponse(parts: Iterable<string>): Response {
  const encoder = new TextEncoder()
  const iterator = parts[Symbol.iterator]()
  // A full file has some twenty megabytes, so it is written as it is read.
  const body = new ReadableStream({
    pull(controller) {
      const { value, done } = iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      'cache-control': 'public, max-age=0, s-maxage=3600, stale-while-revalidate=86400',
    },
  })
}

const PATHS_A_CHUNK = 500

function* writeFile(paths: string[]): Generator<string> {
  yield `${HEAD}<urlset ${NAMESPACES}>\n`
  for (let from = 0; from < paths.length; from += PATHS_A_CHUNK)
    yield paths
      .slice(from, from + PATHS_A_CHUNK)
      .map(writePath)
      .join('')
  yield '</urlset>\n'
}

/** One file of a sitemap: these paths in every language, with their alternates. */
export function sitemapResponse(paths: string[]): Response {
  return xmlResponse(writeFile(paths))
}

/** The list of files, where one does not hold all addresses. */
export function sitemapIndexResponse({ files }: { files: number }): Response {
  const entries = Array.from({ length: files }, (_, index) => {
    const href = escapeXml(new URL(`/sitemaps/${index + 1}.xml`, env.APP_URL).href)
    return `<sitemap><loc>${href}</loc></sitemap>\n`
  })
  return xmlResponse([
    `${HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n`,
    ...entries,
    '</sitemapindex>\n',
  ])
}
