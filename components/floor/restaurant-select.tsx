'use client'

import { useRouter } from 'next/navigation'
import { ChevronDownIcon } from '@/components/ui/icons'
import { type Locale, localisePath } from '@/lib/i18n/locale'

/** Chooses the restaurant on the board. Its name is the page's heading, so it is just as large. */
export function RestaurantSelect({
  label,
  value,
  options,
  more,
  locale,
}: {
  label: string
  value: string
  options: { slug: string; name: string }[]
  /** Links admins to their search when the list is too long. Null: the list is complete. */
  more: string | null
  locale: Locale
}) {
  const router = useRouter()
  const chosen = options.find(({ slug }) => slug === value)
  return (
    // The name is drawn here, because browsers size a select by the regular weight of its options.
    <span className="relative inline-flex min-h-16 max-w-full min-w-0 items-center gap-3 self-start rounded-small border border-line bg-raised pr-3 pl-4 print:hidden outline-offset-2 outline-accent hover:border-quiet has-focus-visible:outline-3">
      <span aria-hidden="true" className="truncate text-20 font-bold md:text-28">
        {chosen?.name}
      </span>
      <ChevronDownIcon />
      <select
        aria-label={label}
        value={value}
        onChange={(event) => {
          const { value: slug } = event.target
          const path = slug ? `/owner?restaurant=${slug}` : '/admin/restaurants'
          router.push(localisePath({ path, locale }))
        }}
        className="absolute inset-0 size-full opacity-0"
      >
        {options.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
        {more && <option value="">{more}</option>}
      </select>
    </span>
  )
}
