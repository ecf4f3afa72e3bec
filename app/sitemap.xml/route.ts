import { countPublicPages, listPublicPages } from '@/domain/opening/sitemap.queries'
import { PATHS_A_FILE, sitemapIndexResponse, sitemapResponse } from '@/lib/http/sitemap'

/** The addresses are those of the deployment, which the build does not know. */
export const dynamic = 'force-dynamic'

/** All public pages while one file holds them, then the list of files. */
export async function GET(): Promise<Response> {
  const count = await countPublicPages()
  if (count > PATHS_A_FILE) return sitemapIndexResponse({ files: Math.ceil(count / PATHS_A_FILE) })
  return sitemapResponse(await listPublicPages({ offset: 0, limit: PATHS_A_FILE }))
}
