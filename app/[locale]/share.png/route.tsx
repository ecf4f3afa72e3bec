import { SharePicture } from '@/components/ui/share-picture'
import { pictureResponse } from '@/lib/http/picture'
import { defaultLocale, isLocale } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'

/** The picture of the service itself, for pages without one of their own. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/share.png'>,
): Promise<Response> {
  const { locale: asked } = await params
  const locale = isLocale(asked) ? asked : defaultLocale
  const { booking, shell } = await loadMessages(locale)
  const { landing, landingText } = booking.picture
  const facts = { brand: shell.brand, eyebrow: null, name: landing, lines: [landingText] }
  return pictureResponse({ request, facts, element: <SharePicture {...facts} />, locale })
}
