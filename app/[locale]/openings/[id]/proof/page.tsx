import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { AnnouncedFacts } from '@/components/proof/announced-facts'
import { DrawnFacts } from '@/components/proof/drawn-facts'
import { ProofDownloads } from '@/components/proof/proof-downloads'
import { ProofPanel } from '@/components/proof/proof-panel'
import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { OrOutside } from '@/components/ui/outside-offer'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { loadProof } from '@/domain/proof/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { formatDateOfYear, formatSeconds } from '@/lib/i18n/moment'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { describeMissingPage, describePublicPage } from '@/lib/i18n/page-metadata'

/** Cached and the same for every visitor: final facts, and counts at most half a minute old. */
export const revalidate = 30

/**
 * Empty, because the build has no database; each page is made on its first request, then cached.
 */
export function generateStaticParams() {
  return []
}

type Props = PageProps<'/[locale]/openings/[id]/proof'>

async function readProofPage(params: Props['params']) {
  const locale = await readPageLocale(params)
  const proof = await loadProof((await params).id)
  if (!proof) return null
  const { text: name } = nameRestaurant({ restaurant: proof.restaurant, locale })
  const date = formatDateOfYear({ date: proof.opening.serviceDate, locale })
  const { proof: words, shell } = await loadMessages(locale)
  const { brand, inApp } = shell
  return { ...proof, locale, name, date, words, brand, inApp }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const read = await readProofPage(params)
  if (!read) return describeMissingPage(await readPageLocale(params))
  const { opening, locale, name, date, words, brand } = read
  return describePublicPage({
    path: `/openings/${opening.id}/proof`,
    picturePath: `/openings/${opening.id}`,
    locale,
    brand,
    title: fillIn(words.titleOf, { name }),
    description: fillIn(words.description, { name, date }),
  })
}

export default async function ProofPage({ params }: Props) {
  const read = await readProofPage(params)
  if (!read) return <MissingPage locale={await readPageLocale(params)} />
  const { opening, summary, restaurant, locale, name, date, words, inApp } = read
  const { timeZone } = restaurant
  const time = formatSeconds({ at: opening.opensAt, timeZone })
  return (
    <PageFrame className="lg:max-w-3xl">
      <PageTitle lead={fillIn(words.lead, { date })}>{fillIn(words.titleOf, { name })}</PageTitle>
      <PageLink
        href={`/openings/${opening.id}`}
        locale={locale}
        className="inline-flex min-h-12 items-center self-start underline"
      >
        {words.back}
      </PageLink>
      {!summary && (
        <StatusMessage tone="waiting" title={words.before.title}>
          <p>{fillIn(words.before.text, { time })}</p>
        </StatusMessage>
      )}
      {summary && (
        <ProofPanel
          summary={summary}
          timeZone={timeZone}
          locale={locale}
          words={{
            check: words.check,
            checks: words.checks,
            groups: words.groups,
            plot: words.plot,
            rows: words.rows,
            sentence: words.sentence,
            strip: words.strip,
          }}
        />
      )}
      <AnnouncedFacts opening={opening} timeZone={timeZone} locale={locale} words={words} />
      {summary && <DrawnFacts summary={summary} timeZone={timeZone} words={words} />}
      {summary && (
        <OrOutside need="download" locale={locale} words={inApp}>
          <ProofDownloads openingId={opening.id} words={words.download} />
        </OrOutside>
      )}
    </PageFrame>
  )
}
