import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { SearchIcon } from '@/components/ui/place-icons'
import { type Locale, localisePath } from '@/lib/i18n/locale'

const box = 'min-h-12 w-full rounded-small border border-quiet bg-raised px-3 text-17 text-ink'

/** A plain form: it works before any script, and each result has an address. */
export function SearchForm({
  path,
  label,
  locale,
  children,
}: {
  path: string
  /** The label of the button. */
  label: string
  locale: Locale
  children: ReactNode
}) {
  return (
    <search>
      <form
        action={localisePath({ path, locale })}
        className="grid items-end gap-3 md:flex md:flex-wrap"
      >
        {children}
        <Button type="submit">
          <SearchIcon />
          {label}
        </Button>
      </form>
    </search>
  )
}

export function WordFilter({
  name,
  label,
  value,
  type = 'search',
}: {
  name: string
  label: string
  value: string | null
  type?: 'search' | 'date'
}) {
  return (
    <label className="flex min-w-0 flex-col gap-1.5 md:basis-40 md:grow">
      <span className="text-15 font-medium">{label}</span>
      <input type={type} name={name} defaultValue={value ?? ''} maxLength={200} className={box} />
    </label>
  )
}

export function ChoiceFilter({
  name,
  label,
  value,
  every,
  options,
}: {
  name: string
  label: string
  value: string | null
  every: string
  options: Record<string, string>
}) {
  return (
    <label className="flex min-w-0 flex-col gap-1.5 md:basis-36 md:grow">
      <span className="text-15 font-medium">{label}</span>
      <select name={name} defaultValue={value ?? ''} className={box}>
        <option value="">{every}</option>
        {Object.entries(options).map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}
