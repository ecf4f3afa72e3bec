'use client'

import { useRouter } from 'next/navigation'
import { ChevronDownIcon } from '@/components/ui/icons'
import { type Locale, localisePath } from '@/lib/locale'

/** Which of one's restaurants the board shows. Its name is the heading, so it is as large. */
export function RestaurantSelect({
  label,
  value,
  options,
  locale,
}: {
  label: string
  value: string
  options: { slug: string; name: string }[]
  locale: Locale
}) {
  const router = useRouter()
  return (
    <span className="relative inline-flex max-w-full min-w-0 items-center self-start">
      <select
        aria-label={label}
        value={value}
        onChange={(event) =>
          router.push(localisePath({ path: `/owner?restaurant=${event.target.value}`, locale }))
        }
        className="min-h-16 max-w-full appearance-none truncate rounded-small border border-line bg-raised pr-12 pl-4 text-20 font-bold text-ink hover:border-quiet md:text-28"
      >
        {options.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
      <span className="pointer-events-none absolute right-4">
        <ChevronDownIcon />
      </span>
    </span>
  )
}
