import type { Metadata } from 'next'
import { CurvesPanel } from '@/components/booking/rehearsal/curves-panel'
import { RehearsalForm } from '@/components/booking/rehearsal/rehearsal-form'
import { RehearsalResult } from '@/components/booking/rehearsal/rehearsal-result'
import { MissingPage } from '@/components/identity/missing-page'
import { Part } from '@/components/ui/facts'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import { loadRehearsal } from '@/domain/booking/rehearsal.loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { formatDate, nameMoment } from '@/lib/i18n/moment'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/openings/[id]'>

/** What is proposed to an owner who has rehearsed nothing yet. */
const USUAL_PEOPLE = 2_000

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { rehearsal } = await loadMessages(await readPageLocale(params))
  return { title: rehearsal.title, robots: { index: false } }
}

export default async function RehearsalPage({ params }: Props) {
  const { id } = await params
  const page = `/openings/${encodeURIComponent(id)}`
  const { locale, restaurant } = await readSettingsPage({ params, page })
  const found = restaurant && (await loadRehearsal({ openingId: id, restaurantId: restaurant.id }))
  if (!restaurant || !found) return <MissingPage locale={locale} />
  const { rehearsal: words } = await loadMessages(locale)
  const { opening, rehearsal, curves } = found
  const { timeZone, slug } = restaurant
  const isAhead = opening.state === 'ANNOUNCED' || opening.state === 'LOBBY'
  const isOver = opening.state === 'OVER' || opening.state === 'CANCELLED'
  const at = nameMoment({ at: opening.opensAt, timeZone, locale })
  const date = formatDate({ date: opening.serviceDate, locale })
  return (
    <PageFrame>
      <PageTitle lead={fillIn(words.lead, { date, at })}>{words.title}</PageTitle>
      <PageLink href={`/owner/${slug}/openings`} locale={locale} className="self-start">
        {words.back}
      </PageLink>
      {isAhead && (
        <Part id="rehearse" title={words.form.title} lead={words.form.lead}>
          <RehearsalForm
            openingId={opening.id}
            people={rehearsal?.outcome.settings.people ?? USUAL_PEOPLE}
            timeZone={timeZone}
            locale={locale}
            words={words}
          />
        </Part>
      )}
      {rehearsal && (
        <RehearsalResult {...rehearsal} timeZone={timeZone} locale={locale} words={words} />
      )}
      <CurvesPanel
        openingId={opening.id}
        rehearsed={rehearsal?.outcome.curves ?? null}
        initial={curves}
        isOver={isOver}
        locale={locale}
        words={words.curves}
      />
    </PageFrame>
  )
}
