import type { Metadata } from 'next'
import { MissingView } from '@/components/identity/missing-page'
import { readGivenLocale, readPageLocale } from '@/lib/i18n/page-locale'
import { describeMissingPage } from '@/lib/i18n/page-metadata'

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return describeMissingPage(await readPageLocale(params))
}

export default async function NotFoundPage() {
  return <MissingView locale={await readGivenLocale()} />
}
