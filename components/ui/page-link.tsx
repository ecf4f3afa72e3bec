import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type Locale, localisePath } from '@/lib/i18n/locale'

/**
 * A link that keeps the page's language. It prefetches nothing: when a hundred thousand people look
 * at one page, each page linked from it would get as many requests.
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
