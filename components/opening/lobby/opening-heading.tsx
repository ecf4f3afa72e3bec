import { PageLink } from '@/components/ui/page-link'
import { ShareButton, type ShareWords } from '@/components/ui/share-button'
import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { nameTimes } from './times'
import type { LobbyWords } from './words'

export function OpeningHeading({
  name,
  slug,
  times,
  locale,
  words,
  shareWords,
}: {
  name: { text: string; lang: Locale }
  slug: string
  times: ReturnType<typeof nameTimes>
  locale: Locale
  words: LobbyWords['page']
  shareWords: ShareWords
}) {
  return (
    <header className="flex flex-col gap-1">
      <p className="font-semibold text-accent">{words.eyebrow}</p>
      <h1 className="text-28 leading-tight font-bold md:text-44" lang={name.lang}>
        {name.text}
      </h1>
      <p className="text-17 tabular-nums">
        {fillIn(words.lead, { date: times.day, opens: times.opensBriefly })}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <PageLink
          href={`/restaurants/${slug}`}
          locale={locale}
          className="inline-flex min-h-12 w-fit items-center text-15 text-quiet underline"
        >
          {words.restaurant}
        </PageLink>
        <ShareButton title={fillIn(words.title, { name: name.text })} words={shareWords} />
      </div>
    </header>
  )
}
