import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ReservationFacts as AdminReservationFacts } from '@/components/admin/reservation-record'
import { DateChoice } from '@/components/availability/date-choice'
import { ReservationFacts } from '@/components/booking/reservation-facts'
import { DateName } from '@/components/floor/date-steps'
import { TicketFacts } from '@/components/line/ticket/ticket-facts'
import { Calendar } from '@/components/ui/calendar'
import { loadMessages } from '@/lib/i18n/messages'

const timeZone = 'Asia/Seoul'
const restaurant = {
  ...{ id: '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10', slug: 'friday', name: '금요식당', nameEn: null },
  ...{ address: '서울 마포구 1', phone: '02-312-4567', timeZone, mapUrl: null },
}
const textOf = (page: React.ReactElement) =>
  renderToStaticMarkup(page)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe.each([
  {
    locale: 'ko',
    ticket: '11월 29일(일) 00:57 (토요일 밤)',
    seating: '11월 21일(토) 00:30–02:00 (금요일 밤)',
    days: ['토 밤', '오늘', '월'],
    spoken: ['11월 28일(토) 밤', '오늘, 11월 29일(일)', '11월 30일(월)'],
  },
  {
    locale: 'en',
    ticket: 'Sun, Nov 29, 00:57 (Saturday night)',
    seating: 'Sat, Nov 21, 00:30–02:00 (Friday night)',
    days: ['Sat night', 'Today', 'Mon'],
    spoken: ['Saturday night, Nov 28', 'Today, Sun, Nov 29', 'Mon, Nov 30'],
  },
] as const)('dates after midnight, $locale', ({ locale, ticket, seating, days, spoken }) => {
  const reservation = {
    status: 'CONFIRMED' as const,
    ...{ id: restaurant.id, partySize: 2, note: null, allergies: null },
    ...{ serviceDate: '2026-11-20', startsAt: '2026-11-20T15:30:00Z', tableNumbers: [1] },
    ...{
      endsAt: '2026-11-20T17:00:00Z',
      holdExpiresAt: null,
      awaitsStaff: false,
      cancelledBy: null,
      restaurant,
    },
  }

  it('a ticket taken at 00:57 has the date it was taken on', async () => {
    const { line } = await loadMessages(locale)
    const taken = {
      ...{ id: restaurant.id, number: 1, place: 1, serviceDate: '2026-11-28' },
      status: 'WAITING' as const,
      dining: 'IN_STORE' as const,
      channel: 'ONLINE' as const,
      ...{ partySize: 2, postponements: 0, quote: null },
      ...{ hasContact: false, contactForgottenAt: null, isRemembered: false },
      ...{ takenAt: '2026-11-28T15:57:00Z', now: '2026-11-28T15:58:00Z', calledAt: null },
      ...{ lapsesAt: null, endedAt: null, cancelledBy: null, cancelReason: null, restaurant },
    }
    const page = <TicketFacts ticket={taken} locale={locale} words={line.ticket} />
    expect(textOf(page)).toContain(ticket)
  })

  it('a reservation’s page and admin’s record put 00:30 beside its own date', async () => {
    const { admin, booking } = await loadMessages(locale)
    const record = {
      ...{ ...reservation, restaurantId: restaurant.id, restaurantName: '금요식당', timeZone },
      ...{ restaurantSlug: 'friday', walkIn: false, dinerId: null, dinerName: null },
      ...{ dinerEmail: null, dinerPhone: null, createdAt: '2026-11-19T03:00:00Z' },
    }
    const told = { locale, words: booking.reservation }
    const pages = [
      <AdminReservationFacts key="admin" reservation={record} locale={locale} words={admin} />,
      <ReservationFacts
        key="own"
        reservation={{
          ...reservation,
          sequence: 0,
          lateMinutes: null,
          noShow: null,
          isDietKept: false,
        }}
        {...told}
      />,
    ]
    for (const page of pages) expect(textOf(page)).toContain(seating)
  })

  it('at 01:15 on Sunday the strip of days calls Sunday today and Saturday a night', async () => {
    const { booking } = await loadMessages(locale)
    const dates = ['2026-11-28', '2026-11-29', '2026-11-30']
    const page = (
      <DateChoice
        dates={dates}
        chosen="2026-11-28"
        nowMs={Date.parse('2026-11-28T16:15:00Z')}
        timeZone={timeZone}
        onChoose={() => {}}
        locale={locale}
        words={booking.board}
      />
    )
    for (const day of days) expect(textOf(page)).toContain(` ${day} `)
    for (const name of spoken) expect(renderToStaticMarkup(page)).toContain(`aria-label="${name}"`)
  })
})

describe.each([
  {
    locale: 'ko',
    shown: [
      ['11월 29일(일)', '오늘 밤'],
      ['11월 30일(월)', '오늘 밤으로 가기'],
    ],
    calendar: '지금 영업일, 2026년 11월 29일 일요일',
  },
  {
    locale: 'en',
    shown: [
      ['Sun, Nov 29', 'Tonight'],
      ['Mon, Nov 30', 'Go to tonight'],
    ],
    calendar: 'Current service day, Sunday, November 29, 2026',
  },
] as const)(
  'staff’s days after midnight, before the day cut, $locale',
  ({ locale, shown, calendar }) => {
    // 01:45 on the 30th.
    const now = '2026-11-29T16:45:00Z'
    const today = '2026-11-29'

    it('the board calls the running service tonight, and no date today', async () => {
      const { owner } = await loadMessages(locale)
      const steps = (date: string) =>
        textOf(
          <DateName
            {...{ date, today, now, timeZone, locale, slug: 'friday' }}
            words={owner.date}
          />,
        )
      for (const [at, parts] of shown.entries()) {
        const said = steps(`2026-11-${29 + at}`)
        for (const part of parts) expect(said).toContain(part)
        expect(said).not.toMatch(/오늘(?! 밤)|Today/)
      }
    })

    it('the calendar of closures names the service that runs, not the day on the wall', async () => {
      const { schedule } = await loadMessages(locale)
      const markup = renderToStaticMarkup(
        <Calendar
          date={null}
          locale={locale}
          first={today}
          today={today}
          todayName={schedule.runningDay}
          onChange={() => {}}
        />,
      )
      expect(markup).toContain(`aria-label="${calendar}"`)
      expect(markup).not.toMatch(/오늘|Today/)
    })
  },
)
