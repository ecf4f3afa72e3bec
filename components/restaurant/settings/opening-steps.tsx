import { CheckIcon, ClockIcon } from '@/components/ui/icons'
import { PageLink } from '@/components/ui/page-link'
import { ChevronRightIcon } from '@/components/ui/place-icons'
import { fillIn } from '@/components/ui/words'
import type { Setup } from '@/domain/restaurant/setup.rules'
import { isNeeded, openingSteps } from '@/domain/restaurant/setup.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

const pages: Record<keyof Setup, string> = {
  tables: '/tables',
  hours: '/hours',
  schedule: '/schedule',
  description: '/profile#about',
  pictures: '/profile#pictures',
}

/** The steps until a diner can book, done and still to do. */
export function OpeningSteps({
  slug,
  setup,
  isReady,
  locale,
  words,
}: {
  slug: string
  setup: Setup
  /** Diners can book: nothing more is needed. */
  isReady: boolean
  locale: Locale
  words: Messages['settings']['overview']
}) {
  return (
    <ol className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
      {openingSteps.map((step) => {
        const count = setup[step]
        const isDone = count > 0
        const { title, done } = words.steps[step]
        const missing = isNeeded(step) && !isReady ? words.needed : words.helpful
        return (
          <li key={step}>
            <PageLink
              href={`/owner/${slug}${pages[step]}`}
              locale={locale}
              className="flex min-h-16 items-center gap-3 px-4 py-2 text-ink no-underline hover:bg-line/40"
            >
              <span className={isDone ? 'text-confirmed' : 'text-waiting'}>
                {isDone ? <CheckIcon /> : <ClockIcon />}
              </span>
              <span className="flex grow flex-col">
                <span className="font-semibold">
                  {title}
                  <span className="sr-only">, {isDone ? words.done : words.todo}</span>
                </span>
                <span className="text-15 text-quiet">
                  {isDone ? fillIn(done, { count }) : missing}
                </span>
              </span>
              <ChevronRightIcon />
            </PageLink>
          </li>
        )
      })}
    </ol>
  )
}
