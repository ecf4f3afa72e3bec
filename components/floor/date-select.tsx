'use client'

import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { CalendarIcon } from '@/components/ui/place-icons'
import { type Locale, localisePath } from '@/lib/i18n/locale'

/** Opens any other date through the browser's own calendar. */
export function DateSelect({
  label,
  slug,
  date,
  locale,
}: {
  label: string
  slug: string
  date: string
  locale: Locale
}) {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  return (
    <span className="relative print:hidden">
      <button
        type="button"
        aria-label={label}
        onClick={() => input.current?.showPicker()}
        className="grid size-16 place-items-center rounded-small border border-line bg-raised hover:border-quiet"
      >
        <CalendarIcon />
      </button>
      <input
        ref={input}
        type="date"
        aria-hidden="true"
        tabIndex={-1}
        value={date}
        onChange={(event) => {
          const { value } = event.target
          if (value !== '')
            router.push(localisePath({ path: `/owner?restaurant=${slug}&date=${value}`, locale }))
        }}
        className="pointer-events-none absolute inset-0 size-full opacity-0"
      />
    </span>
  )
}
