import { styleButton } from '@/components/ui/button'
import { CheckIcon } from '@/components/ui/icons'
import { PageLink } from '@/components/ui/page-link'
import type { Readiness } from '@/domain/schedule/month.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The steps a new owner still has to take until diners can book. */
export function FirstSteps({
  readiness,
  slug,
  locale,
  words,
}: {
  readiness: Readiness
  slug: string
  locale: Locale
  words: Messages['schedule']['plan']['start']
}) {
  const steps = [
    { label: words.hours, page: 'hours', isDone: readiness.hasHours },
    { label: words.tables, page: 'tables', isDone: readiness.hasTables },
    { label: words.make, page: null, isDone: readiness.hasSchedule },
  ]
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-raised p-5">
      <h2 className="text-20 font-bold">{words.title}</h2>
      <p className="text-quiet">{words.text}</p>
      <ol className="flex flex-col gap-2">
        {steps.map(({ label, page, isDone }, index) => (
          <li key={label} className="flex min-h-12 flex-wrap items-center gap-3">
            {isDone ? (
              <span className="text-confirmed">
                <CheckIcon />
              </span>
            ) : (
              <span className="w-5 text-center font-bold tabular-nums">{index + 1}</span>
            )}
            {page && !isDone ? (
              <PageLink
                href={`/owner/${slug}/${page}`}
                locale={locale}
                className={styleButton({ tone: 'outline' })}
              >
                {label}
              </PageLink>
            ) : (
              <span>
                {label}
                {isDone && <span className="sr-only">, {words.done}</span>}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
