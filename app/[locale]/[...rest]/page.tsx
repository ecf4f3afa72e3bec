import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { describeMissingPage } from '@/lib/i18n/page-metadata'

type Props = PageProps<'/[locale]/[...rest]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return describeMissingPage(await readPageLocale(params))
}

/** Catches unknown addresses, so that the 404 has the site's language and look. */
export default async function UnknownPage({ params }: Props) {
  return <MissingPage locale={await readPageLocale(params)} />
}
