import type { ComponentProps } from 'react'
import type { ReservationPayload } from '@/domain/notification/schema'
import type { Locale } from '@/lib/i18n/locale'
import { Hint, MainAction, Opening, SideAction } from './card'
import { Layout } from './layout'
import { Details, listDetails, listFacts, When } from './reservation-facts'
import { type Page, planPage } from './template'
import type { Said } from './words'

export type Mark = NonNullable<ComponentProps<typeof Opening>['mark']>

/** An email about one reservation: what happened, where and when it is, and what the diner can do. */
export function planReservationMail({
  reservation,
  said,
  mark,
  hrefs,
  isOff,
  frame: { locale, appUrl },
}: {
  reservation: ReservationPayload
  said: Said
  mark: Mark
  hrefs: { main: string; side?: string }
  /** The table is no longer the diner's. */
  isOff: boolean
  frame: { locale: Locale; appUrl: string }
}): Page {
  const { title, intro, reason, action, sideAction, hints } = said
  const side = sideAction && hrefs.side ? { side: hrefs.side, sideAction } : {}
  return planPage({
    shape: ['reservation', locale, appUrl, mark, isOff].join(' '),
    texts: {
      ...{ title, intro, reason, main: hrefs.main, action, hints },
      ...listFacts({ reservation, locale, isOff }),
      ...listDetails(reservation),
      side: side.side,
      sideAction: side.sideAction,
    },
    render: (texts) => (
      <Layout locale={locale} appUrl={appUrl} preview={texts.intro}>
        <Opening mark={mark} title={texts.title}>
          <bdi>{texts.intro}</bdi>
          {texts.reason && <bdi> {texts.reason}</bdi>}
        </Opening>
        <When texts={texts} isOff={isOff} />
        <Details texts={texts} locale={locale} />
        <MainAction href={texts.main}>{texts.action}</MainAction>
        {texts.side && <SideAction href={texts.side}>{texts.sideAction}</SideAction>}
        {texts.hints.map((hint) => (
          <Hint key={hint}>{hint}</Hint>
        ))}
      </Layout>
    ),
  })
}
