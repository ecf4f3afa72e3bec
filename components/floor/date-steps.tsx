import { PageLink } from '@/components/ui/page-link'
import { ChevronRightIcon } from '@/components/ui/place-icons'
import { addDays } from '@/domain/schedule/rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, isServiceNight, nameStaffDay } from '@/lib/i18n/moment'
import { DateSelect } from './date-select'

const step =
  'grid size-16 shrink-0 place-items-center rounded-small border border-line bg-raised text-ink hover:border-quiet print:hidden'

type Props = {
  slug: string
  date: string
  /** The service date that runs now. */
  today: string
  now: string
  timeZone: string
  locale: Locale
  words: Messages['owner']['date']
}

/** The board's date as staff call it, or the way back to the service that runs. */
export function DateName({ slug, date, today, now, timeZone, locale, words }: Props) {
  const near = nameStaffDay({ date, today, now, timeZone, locale })
  return (
    <p className="grow text-center leading-tight md:min-w-36 lg:max-[1279px]:min-w-28">
      <span className="block text-17 font-semibold tabular-nums md:text-20 lg:max-[1279px]:text-17">
        {formatDate({ date, locale })}
      </span>
      {date === today ? (
        <span className="text-15 text-quiet">{near}</span>
      ) : (
        <PageLink
          href={`/owner?restaurant=${slug}`}
          locale={locale}
          className="-my-3 inline-flex min-h-12 items-center text-15 font-semibold text-accent underline print:hidden"
        >
          {isServiceNight({ now, timeZone, today }) ? words.toTonight : words.toToday}
        </PageLink>
      )}
    </p>
  )
}

/** The date on the board, with steps to others. */
export function DateSteps({ slug, date, today, now, timeZone, locale, words }: Props) {
  const hrefOf = (days: number) => `/owner?restaurant=${slug}&date=${addDays({ date, days })}`
  return (
    <nav aria-label={words.label} className="flex items-center gap-2">
      <PageLink href={hrefOf(-1)} locale={locale} aria-label={words.previous} className={step}>
        <span className="rotate-180">
          <ChevronRightIcon />
        </span>
      </PageLink>
      <DateName {...{ slug, date, today, now, timeZone, locale, words }} />
      <PageLink href={hrefOf(1)} locale={locale} aria-label={words.next} className={step}>
        <ChevronRightIcon />
      </PageLink>
      <DateSelect label={words.pick} slug={slug} date={date} locale={locale} />
    </nav>
  )
}
