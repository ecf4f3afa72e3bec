import { linkToPage } from '@/domain/notification/rules'
import { type OpeningPayload, openingPayload } from '@/domain/notification/schema'
import { formatDate, formatSeconds, formatTime, tellMoment } from '@/lib/i18n/moment'
import { Hint, MainAction, Opening } from './card'
import { Layout } from './layout'
import { defineMail, type MailKind, type Setting } from './mail-kind'
import { openingWords } from './opening-words'

type Word = 'soon' | 'cancelled' | 'turn'

function say({
  word,
  opening,
  setting,
}: {
  word: Word
  opening: OpeningPayload
  setting: Setting
}) {
  const { restaurant, opensAt, serviceDate, turnAt, orderBy } = opening
  const { locale } = setting
  const { timeZone } = restaurant
  const name = (locale === 'en' && restaurant.nameEn) || restaurant.name
  const said = openingWords[locale][word]({
    name,
    day: formatDate({ date: serviceDate, locale }),
    opens: tellMoment({ at: opensAt, timeZone, locale }),
    time: formatTime({ at: opensAt, timeZone }),
    turn: formatSeconds({ at: turnAt ?? opensAt, timeZone }),
    isDrawn: orderBy === 'DRAW',
  })
  return { name, ...said }
}

const openingMail = (word: Word): MailKind =>
  defineMail(openingPayload, (opening, setting) => {
    const { locale, appUrl } = setting
    const { title, intro, hints, name } = say({ word, opening, setting })
    const words = openingWords[locale]
    const isOff = word === 'cancelled'
    const path = isOff
      ? `/restaurants/${opening.restaurant.slug}`
      : `/openings/${opening.openingId}`
    const url = linkToPage({ appUrl, locale, path })
    return {
      subject: `${title} · ${name}`,
      brief: { title, text: intro, url },
      body: (
        <Layout locale={locale} appUrl={appUrl} preview={intro} about="opening">
          <Opening mark={isOff ? 'cancelled' : 'soon'} title={title}>
            <bdi>{intro}</bdi>
          </Opening>
          {opening.reason && (
            <Hint>
              <bdi>{words.reason(opening.reason)}</bdi>
            </Hint>
          )}
          {hints.map((hint) => (
            <Hint key={hint}>{hint}</Hint>
          ))}
          <MainAction href={url}>{isOff ? words.restaurant : words.open}</MainAction>
        </Layout>
      ),
    }
  })

/** The notices about openings; of a turn nobody is mailed, except for a sample. */
export const openingMails = {
  OPENING_SOON: openingMail('soon'),
  OPENING_CANCELLED: openingMail('cancelled'),
  OPENING_TURN: openingMail('turn'),
} satisfies Record<string, MailKind>
