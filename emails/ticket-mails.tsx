import { linkToPage } from '@/domain/notification/rules'
import { type TicketPayload, ticketPayload } from '@/domain/notification/schema'
import { formatTime } from '@/lib/i18n/moment'
import { Hint, MainAction, Opening } from './card'
import { Layout } from './layout'
import { defineMail, type MailKind, type Setting } from './mail-kind'
import { planPage } from './template'
import { ticketWords } from './ticket-words'

type Word = 'taken' | 'third' | 'postponed' | 'called' | 'lastCalled' | 'lapsed' | 'cancelled'

function say({ word, ticket, setting }: { word: Word; ticket: TicketPayload; setting: Setting }) {
  const { restaurant, number, place, lapsesAt, reason, quote } = ticket
  const { locale } = setting
  const { timeZone } = restaurant
  const until = lapsesAt === null ? '' : formatTime({ at: lapsesAt, timeZone })
  const name = (locale === 'en' && restaurant.nameEn) || restaurant.name
  const words = ticketWords[locale]
  const write = word === 'cancelled' ? words.cancelled[ticket.cancelledBy ?? 'OWNER'] : words[word]
  return { name, ...write({ name, number, place, until, reason, quote }) }
}

/** The page of a ticket: of its account, or for a party without one, behind its sealed link. */
function linkToTicket({ ticketId, hasAccount }: TicketPayload, setting: Setting): string {
  const { appUrl, locale, sealLink } = setting
  const name = hasAccount ? ticketId : sealLink({ kind: 'ticket', id: ticketId })
  return linkToPage({ appUrl, locale, path: `/tickets/${name}` })
}

const ticketMail = (word: Word): MailKind =>
  defineMail(ticketPayload, (ticket, setting) => {
    const { locale, appUrl } = setting
    const { title, intro, hints, name } = say({ word, ticket, setting })
    const words = ticketWords[locale]
    const isOver = word === 'cancelled' || word === 'lapsed'
    const url = linkToTicket(ticket, setting)
    const reason = ticket.reason
      ? words.reason({ by: ticket.cancelledBy ?? 'OWNER', reason: ticket.reason })
      : undefined
    return {
      subject: `${title} · ${name}`,
      brief: { title, text: intro, url },
      body: planPage({
        shape: ['ticket', locale, appUrl, isOver].join(' '),
        texts: { title, intro, reason, hints, url },
        render: (texts) => (
          <Layout locale={locale} appUrl={appUrl} preview={texts.intro} about="ticket">
            <Opening {...(isOver && { mark: 'cancelled' as const })} title={texts.title}>
              <bdi>{texts.intro}</bdi>
            </Opening>
            {texts.reason && (
              <Hint>
                <bdi>{texts.reason}</bdi>
              </Hint>
            )}
            {texts.hints.map((hint) => (
              <Hint key={hint}>{hint}</Hint>
            ))}
            <MainAction href={texts.url}>{words.open}</MainAction>
          </Layout>
        ),
      }),
    }
  })

/** The mails about tickets of a line. */
export const ticketMails = {
  TICKET_TAKEN: ticketMail('taken'),
  TICKET_THIRD: ticketMail('third'),
  TICKET_POSTPONED: ticketMail('postponed'),
  TICKET_CALLED: ticketMail('called'),
  TICKET_LAST_CALLED: ticketMail('lastCalled'),
  TICKET_LAPSED: ticketMail('lapsed'),
  TICKET_CANCELLED: ticketMail('cancelled'),
} satisfies Record<string, MailKind>
