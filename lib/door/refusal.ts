import type { IncomingMessage, ServerResponse } from 'node:http'
import { defaultLocale, type Locale, locales, pickLocale } from '@/lib/i18n/locale'
import { describeProblem } from '@/lib/problems/problem'

const BY_ITSELF: Record<Locale, string> = {
  ko: '이 화면은 잠시 뒤에 저절로 다시 열려요.',
  en: 'This page opens again by itself in a moment.',
}

/** Made once, because thousands of them may be due in a second. */
const problems = Object.fromEntries(
  locales.map((locale) => {
    const { body } = describeProblem({ reason: 'busy', locale })
    return [locale, { title: body.title, bytes: Buffer.from(JSON.stringify(body)) }]
  }),
)

/** For people: without a script, a style or a picture, which would be more requests. */
function writePage({ locale, seconds }: { locale: Locale; seconds: number }): Buffer {
  const title = problems[locale]?.title ?? ''
  return Buffer.from(
    `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${seconds}"><title>${title}</title><body><h1>${title}</h1><p>${BY_ITSELF[locale]}</p></body></html>`,
  )
}

/** A page that a person goes to. What a script of ours asks for gets a problem. */
function isVisit({ method, url = '', headers }: IncomingMessage): boolean {
  const isPage = method === 'GET' && !url.startsWith('/api/') && headers.rsc === undefined
  return isPage && (headers.accept?.includes('text/html') ?? false)
}

/** A page's language is in its address. */
function readLocale({ url = '', headers }: IncomingMessage, asVisit: boolean): Locale {
  if (!asVisit) return pickLocale(headers['accept-language'] ?? null)
  return /^\/en(\/|\?|$)/.test(url) ? 'en' : defaultLocale
}

/** A body that is not read to its end here: its connection is closed instead. */
const MOST_DRAINED_BYTES = 16 * 1024

function hasLongBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true
  return Number(headers['content-length'] ?? 0) > MOST_DRAINED_BYTES
}

/** Answers 503 `busy` without having read the body. */
export function answerBusy({
  request,
  response,
  seconds,
}: {
  request: IncomingMessage
  response: ServerResponse
  seconds: number
}): void {
  const asVisit = isVisit(request)
  const locale = readLocale(request, asVisit)
  const body = asVisit ? writePage({ locale, seconds }) : problems[locale]?.bytes
  response.writeHead(503, {
    'content-type': asVisit ? 'text/html; charset=utf-8' : 'application/problem+json',
    'content-language': locale,
    'content-length': body?.length ?? 0,
    'cache-control': 'no-store',
    'retry-after': String(seconds),
    ...(hasLongBody(request) && { connection: 'close' }),
  })
  response.end(body)
}
