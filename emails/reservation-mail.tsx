import type { ComponentProps } from 'react'
import type { ReservationPayload } from '@/domain/notification/schema'
import type { Locale } from '@/lib/i18n/locale'
import { Hint, MainAction, Opening, SideAction } from './card'
import { Layout } from './layout'
import { Details, When } from './reservation-facts'
import type { Said } from './words'

export type Mark = NonNullable<ComponentProps<typeof Opening>['mark']>

/** An email about one reservation: what happened, where and when it is, and what the diner can do. */
export function ReservationMail({
  reservation,
  said,
  mark,
  hrefs,
  isOff,
  frame,
}: {
  reservation: ReservationPayload
  said: Said
  mark: Mark
  hrefs: { main: string; side?: string }
  /** The table is no longer the diner's. */
  isOff: boolean
  frame: { locale: Locale; appUrl: string }
}) {
  const { locale, appUrl } = frame
  return (
    <Layout locale={locale} appUrl={appUrl} preview={said.intro}>
      <Opening mark={mark} title={said.title}>
        <bdi>{said.intro}</bdi>
        {said.reason && <bdi> {said.reason}</bdi>}
      </Opening>
      <When reservation={reservation} locale={locale} isOff={isOff} />
      <Details reservation={reservation} locale={locale} />
      <MainAction href={hrefs.main}>{said.action}</MainAction>
      {said.sideAction && hrefs.side && (
        <SideAction href={hrefs.side}>{said.sideAction}</SideAction>
      )}
      {said.hints.map((hint) => (
        <Hint key={hint}>{hint}</Hint>
      ))}
    </Layout>
  )
}
