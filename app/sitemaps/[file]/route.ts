import { listPublicPages } from '@/domain/opening/sitemap.queries'
import { problemResponse } from '@/lib/http/api'
import { PATHS_A_FILE, sitemapResponse } from '@/lib/http/sitemap'
import { pickLocale } from '@/lib/i18n/locale'
import { refuse } from '@/lib/problems/result'

export const dynamic = 'force-dynamic'

const FILE = /^([1-9]\d{0,4})\.xml$/

/** One of the files that `/sitemap.xml` lists. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/sitemaps/[file]'>,
): Promise<Response> {
  const [, number] = FILE.exec((await params).file) ?? []
  const offset = (Number(number) - 1) * PATHS_A_FILE
  const paths = number ? await listPublicPages({ offset, limit: PATHS_A_FILE }) : []
  if (paths.length > 0) return sitemapResponse(paths)
  const locale = pickLocale(request.headers.get('accept-language'))
  return problemResponse({ refusal: refuse('not-found'), locale })
}
