import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type Locale, localisePath } from '@/lib/i18n/locale'

/**
 * A link that keeps the language of the page. Nothing is fetched ahead: on the day a hundred
 * thousand people look at one page, each page that none of them opens would be asked for as often.
 */
export function PageLink({
  href,
  locale,
  ...rest
}: Omit<ComponentProps<typeof Link>, 'href' | 'locale' | 'prefetch'> & {
  href: string
  locale: Locale
}) {
  return <Link href={localisePath({ path: href, locale })} prefetch={false} {...rest} />
}
