import type { CSSProperties } from 'react'
import { linkToPage, pathToBoard } from '@/domain/notification/rules'
import { daySheetPayload } from '@/domain/notification/schema'
import type { Locale } from '@/lib/i18n/locale'
import { pluralise } from '@/lib/i18n/message'
import { formatDate, nameTimeOn } from '@/lib/i18n/moment'
import { Hint, MainAction, Opening } from './card'
import { Layout } from './layout'
import { defineMail, type MailKind } from './mail-kind'
import { fitParties, type SheetParty } from './sheet-fit'
import { size, tint } from './tokens'

const quiet = tint({ text: 'quiet' })
const waiting = tint({ text: 'waiting' })
const ink = tint({ text: 'ink' })
const rule = tint({ edge: 'line' })

type Counts = { reservations: number; guests: number }

const countBookings = (count: number) => pluralise(count, { one: '# booking', other: '# bookings' })
const countGuests = (count: number) => pluralise(count, { one: '# guest', other: '# guests' })

const words = {
  ko: {
    title: (name: string) => `오늘의 ${name}`,
    subject: ({ reservations, guests }: Counts, date: string) =>
      `오늘 예약 ${reservations}건, ${guests}명 · ${date}`,
    intro: ({ reservations, guests }: Counts, date: string) =>
      reservations === 0
        ? `${date}, 아직 예약이 없어요. 들어오는 대로 현황판에 보여요.`
        : `${date}, 예약 ${reservations}건에 손님은 모두 ${guests}명이에요.`,
    party: (count: number) => `${count}명`,
    tables: (numbers: number[]) => `${numbers.join(', ')}번 테이블`,
    nameless: '이름 없음',
    held: '확정 전',
    note: '요청 사항',
    allergies: '알레르기',
    more: (count: number) => `그리고 ${count}건이 더 있어요. 모두 현황판에 있어요.`,
    cut: '긴 글은 줄였어요(…). 전체는 현황판에 있어요.',
    open: '현황판 열기',
    settings: '받고 싶지 않으면 식당의 알림 화면에서 끌 수 있어요.',
  },
  en: {
    title: (name: string) => `${name} today`,
    subject: ({ reservations, guests }: Counts, date: string) =>
      `Today: ${countBookings(reservations)}, ${countGuests(guests)} · ${date}`,
    intro: ({ reservations, guests }: Counts, date: string) =>
      reservations === 0
        ? `${date}: no bookings yet. They show on the board as they come in.`
        : `${date}: ${countBookings(reservations)}, ${countGuests(guests)} in all.`,
    party: countGuests,
    tables: (numbers: number[]) =>
      `${pluralise(numbers.length, { one: 'table', other: 'tables' })} ${numbers.join(', ')}`,
    nameless: 'no name',
    held: 'not confirmed yet',
    note: 'Note',
    allergies: 'Allergies',
    more: (count: number) => `And ${count} more; all are on the board.`,
    cut: 'Long texts are cut short (…). The board has them in full.',
    open: 'Open the board',
    settings: 'Don’t want this? Switch it off on the restaurant’s notices page.',
  },
} as const

function PartyRow({
  party,
  date,
  timeZone,
  locale,
}: {
  party: SheetParty
  /** The service date, which the sheet's heading names. */
  date: string
  timeZone: string
  locale: Locale
}) {
  const say = words[locale]
  const time = nameTimeOn({ at: party.startsAt, date, timeZone, locale })
  const tables = party.tableNumbers.length > 0 ? say.tables(party.tableNumbers) : null
  const remarks = [
    ...(party.allergies ? [`${say.allergies}: ${party.allergies}`] : []),
    ...(party.note ? [`${say.note}: ${party.note}`] : []),
  ]
  return (
    <tr data-text-row>
      <td data-text-inline width="72" className={rule.className} style={cellStyle}>
        <b>{`${time} `}</b>
      </td>
      <td data-text-inline className={rule.className} style={cellStyle}>
        <bdi>{party.dinerName ?? say.nameless}</bdi>
        <span className={quiet.className} style={quiet.style}>
          {` ${[say.party(party.partySize), tables].filter(Boolean).join(' · ')}`}
        </span>
        {party.isHeld && (
          <span className={waiting.className} style={waiting.style}>{` ${say.held}`}</span>
        )}
        {remarks.map((remark) => (
          <div key={remark} className={quiet.className} style={remarkStyle}>
            <bdi>{remark}</bdi>
          </div>
        ))}
      </td>
    </tr>
  )
}

/** The day's parties, for the owner's first look at the phone in the morning. */
export const daySheetMail: MailKind = defineMail(daySheetPayload, (sheet, { locale, appUrl }) => {
  const { restaurant, reservationCount } = sheet
  const say = words[locale]
  const date = formatDate({ date: sheet.serviceDate, locale })
  const counts = { reservations: reservationCount, guests: sheet.guestCount }
  const name = (locale === 'en' && restaurant.nameEn) || restaurant.name
  const intro = say.intro(counts, date)
  const { parties, isCut } = fitParties(sheet.reservations)
  const left = reservationCount - parties.length
  return {
    subject: `${name} · ${say.subject(counts, date)}`,
    body: (
      <Layout locale={locale} appUrl={appUrl} preview={intro} about="account">
        <Opening title={say.title(name)}>{intro}</Opening>
        <MainAction href={linkToPage({ appUrl, locale, path: pathToBoard(sheet) })}>
          {say.open}
        </MainAction>
        {/* One plain table: a hundred parties have to fit into an email that nobody cuts off. */}
        <table role="presentation" cellSpacing={0} className={ink.className} style={listStyle}>
          <tbody>
            {parties.map((party, index) => (
              <PartyRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and names repeat
                key={index}
                party={party}
                date={sheet.serviceDate}
                timeZone={restaurant.timeZone}
                locale={locale}
              />
            ))}
          </tbody>
        </table>
        {left > 0 && <Hint>{say.more(left)}</Hint>}
        {isCut && <Hint>{say.cut}</Hint>}
        <Hint>{say.settings}</Hint>
      </Layout>
    ),
  }
})

const listStyle: CSSProperties = {
  ...ink.style,
  width: '100%',
  marginTop: 24,
  fontSize: size.body,
  lineHeight: 1.5,
}
const cellStyle: CSSProperties = {
  borderTop: `1px solid ${rule.style.borderColor}`,
  padding: '10px 0',
  verticalAlign: 'top',
}
const remarkStyle: CSSProperties = { ...quiet.style, fontSize: size.small }
