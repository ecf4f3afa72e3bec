import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { readCountdown } from '@/components/availability/opening-countdown'
import { TonightLine } from '@/components/availability/tonight-line'
import { TonightContext } from '@/components/availability/tonight-provider'
import { TimeAxis } from '@/components/floor/grid/time-axis'
import { useWords } from '@/components/floor/words/use-words'
import { WordsProvider } from '@/components/floor/words/words-provider'
import { nameTimes } from '@/components/opening/lobby/times'
import { OpeningList } from '@/components/opening/plan/opening-list'
import type { RestaurantTonight } from '@/domain/availability/tonight.schema'
import { makeTimeScale } from '@/domain/floor/axis.rules'
import type { DaySlot } from '@/domain/floor/schema'
import { tryToWrite } from '@/domain/notification/slack.rules'
import type { OwnOpening } from '@/domain/opening/list.schema'
import type { Locale } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { nightHours, type Span } from '../support/nights'

const ID = '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10'
const textOf = (page: React.ReactElement) =>
  renderToStaticMarkup(page)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
const today: Record<Locale, string> = { ko: '오늘', en: 'Today' }
const yesterday: Record<Locale, string> = { ko: '어제', en: 'Yesterday' }
/** Saturday's service as each span of that night calls it. */
const nameSaturday = ({ span, locale, night }: { span: Span; locale: Locale; night: string }) =>
  ({ evening: today[locale], night, morning: yesterday[locale] })[span]

describe('kind 1: a card at every hour of the night', () => {
  it.each(nightHours)('$timeZone, $wall, $locale', async (hour) => {
    const { timeZone, locale, now, span, at, dateOf, nameOf, night } = hour
    const words = (await loadMessages(locale)).booking.tonight
    const saturday: RestaurantTonight = {
      ...{ restaurantId: ID, serviceDate: dateOf(0), timeZone, opening: null, opensAt: null },
      ...{ state: 'FULL', freeTimes: [], moreTimes: 0 },
      ...{ nextFreeAt: at(1, '12:00'), nextFreeDate: dateOf(1) },
    }
    const show = (known: RestaurantTonight) => {
      const tonight = { partySize: 2, asOf: now, pollAfterMs: 1, restaurants: [known] }
      return textOf(
        <TonightContext value={{ tonight, first: tonight, nowMs: Date.parse(now) }}>
          <TonightLine restaurantId={ID} slug="friday" locale={locale} words={words} />
        </TonightContext>,
      )
    }
    const day = nameSaturday(hour)
    const noon = {
      evening: locale === 'ko' ? '내일 12:00' : 'Tomorrow 12:00',
      night: `${today[locale]} 12:00`,
      morning: `${today[locale]} 12:00`,
    }[span]
    const next = locale === 'ko' ? `다음 빈자리 ${noon}` : `Next table ${noon}`
    expect(show(saturday)).toBe(locale === 'ko' ? `${day} 마감 ${next}` : `${day} is full ${next}`)
    const without = { ...saturday, nextFreeAt: null, nextFreeDate: null }
    const closed: Record<Locale, string> = {
      ko: `${day} 예약은 받지 않아요`,
      en: `${day}: no bookings`,
    }
    expect(show({ ...without, state: 'CLOSED' })).toBe(closed[locale])
    const over: Record<Locale, string> = {
      ko: `${day} 예약 시간이 지났어요`,
      en: `${day}: no more times`,
    }
    expect(show({ ...without, state: 'OVER' })).toBe(over[locale])
    const misfit: Record<Locale, string> = {
      ko: `${day} 2명 자리는 없어요`,
      en: `${day}: no table for 2`,
    }
    expect(show({ ...without, state: 'MISFIT' })).toBe(misfit[locale])
    // 04:45 of the same service, free until then: the next day of an evening, today of a night.
    if (span === 'morning') return
    const late = show({ ...without, state: 'FREE', freeTimes: [at(1, '04:45')] })
    const marked = locale === 'ko' ? '다음 날 04:45' : '04:45 (next day)'
    expect(late).toBe(span === 'evening' ? marked : '04:45')
    const opensAt = at(1, '10:00')
    const opening = { openingId: ID, serviceDate: dateOf(1), opensAt }
    const coming = show({ ...without, opening })
    const opens = {
      ko: span === 'evening' ? `${nameOf(1)} 예약이 내일 10:00에` : '오늘 예약이 10:00에',
      en:
        span === 'evening'
          ? `Bookings for ${nameOf(1)} open tomorrow at 10:00`
          : 'Bookings for today open at 10:00',
    }[locale]
    expect(coming).toContain(opens)
    if (span !== 'night') return
    const ofThisNight = { ...opening, serviceDate: dateOf(0), opensAt: at(1, '05:00') }
    const say = {
      ko: `${night} 예약이 오늘 05:00에`,
      en: `Bookings for ${night} open today at 05:00`,
    }[locale]
    expect(show({ ...without, opening: ofThisNight })).toContain(say)
  })
})

describe('kind 1: Slack names the date a party comes on, whenever it is read', () => {
  it.each(nightHours)('$timeZone, $wall, $locale', ({ timeZone, locale, at, dateOf, nameOf }) => {
    const write = (startsAt: string) =>
      tryToWrite(
        {
          kind: 'RESERVATION_CONFIRMED',
          payload: {
            ...{ reservationId: ID, serviceDate: dateOf(0), startsAt, endsAt: startsAt },
            ...{ partySize: 2, note: null, sequence: 0, dinerName: null },
            restaurant: {
              ...{ slug: 'friday', name: '금요식당', nameEn: null, address: '서울', timeZone },
              phone: '02-312-4567',
            },
          },
        },
        locale,
      )
    const party: Record<Locale, string> = { ko: '2명', en: 'party of 2' }
    const night: Record<Locale, string> = { ko: '(토요일 밤)', en: '(Saturday night)' }
    const join = (date: string, time: string) =>
      locale === 'ko' ? `${date} ${time}` : `${date}, ${time}`
    expect(write(at(0, '23:30'))).toMatchObject({
      lines: [`${join(nameOf(0), '23:30')} · ${party[locale]}`],
    })
    expect(write(at(1, '00:30'))).toMatchObject({
      lines: [`${join(nameOf(1), '00:30')} ${night[locale]} · ${party[locale]}`],
    })
  })
})

describe('kind 1: the countdown to an opening', () => {
  it.each(nightHours)('$timeZone, $wall, $locale', async (hour) => {
    const { timeZone, locale, now, span, at, dateOf, nameOf } = hour
    const { board } = (await loadMessages(locale)).booking
    const nowMs = Date.parse(now)
    const read = (opensAt: string) =>
      readCountdown({ opensAt, nowMs, timeZone, locale, words: board })
    const noon: Record<Span, Record<Locale, string>> = {
      evening: { ko: '내일 12:00', en: 'tomorrow at 12:00' },
      night: { ko: '오늘 12:00', en: 'today at 12:00' },
      morning: { ko: '오늘 12:00', en: 'today at 12:00' },
    }
    expect(read(at(1, '12:00')).title).toContain(noon[span][locale])
    // Half past midnight is called by its date before it is today, and never "tomorrow".
    const night: Record<Locale, string> = { ko: `${nameOf(1)} 00:30`, en: `${nameOf(1)} at 00:30` }
    const { isDue, title, left } = read(at(1, '00:30'))
    expect(isDue).toBe(nowMs >= Date.parse(at(1, '00:30')))
    if (isDue) expect(title).toBe(board.opening)
    else {
      const said: Record<Locale, string> = { ko: '오늘 00:30', en: 'today at 00:30' }
      expect(title).toContain(span === 'evening' ? night[locale] : said[locale])
    }
    const lengthMs = Math.max(0, Date.parse(at(1, '00:30')) - nowMs)
    const minutes = Math.round(lengthMs / 60_000)
    const two = (value: number) => String(value).padStart(2, '0')
    expect(left).toBe(`${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`)
    // The page's heading names Sunday; its own lobby, opened before midnight, names its date.
    const opening = {
      lobbyOpensAt: at(0, '23:30'),
      opensAt: at(1, '00:30'),
      serviceDate: dateOf(1),
    }
    const lobby: Record<Locale, string> = { ko: `${nameOf(0)} 23:30`, en: `${nameOf(0)} at 23:30` }
    const brief: Record<Locale, string> = { ko: '00:30', en: 'at 00:30' }
    expect(nameTimes({ opening, timeZone, locale })).toMatchObject({
      day: nameOf(1),
      opens: night[locale],
      opensBriefly: brief[locale],
      lobby: lobby[locale],
    })
  })

  it('counts the hours that pass where clocks change, not those that they show', async () => {
    const { board } = (await loadMessages('ko')).booking
    const lengths = nightHours
      .filter(({ wall, locale }) => wall === '23:00' && locale === 'ko')
      .map(({ timeZone, now, at }) => {
        const opensAt = at(1, '06:00')
        const nowMs = Date.parse(now)
        return readCountdown({ opensAt, nowMs, timeZone, locale: 'ko', words: board }).left
      })
    expect(lengths).toEqual(['07:00:00', '08:00:00', '06:00:00'])
  })
})

describe('kind 1: the owner’s list of openings', () => {
  it.each(nightHours)('$timeZone, $wall, $locale', async (hour) => {
    const { timeZone, locale, now, span, at, dateOf, nameOf } = hour
    const words = (await loadMessages(locale)).planning
    const opening: OwnOpening = {
      ...{ id: ID, restaurantId: ID, serviceDate: dateOf(1), beaconName: null },
      ...{ lobbyOpensAt: at(1, '09:30'), opensAt: at(1, '10:00'), gateUntil: at(2, '00:30') },
      ...{ orderBy: 'DRAW', turnsPerSecond: 1, state: 'ANNOUNCED', cancelledFor: null },
      ...{
        commitment: '0'.repeat(64),
        waiting: 0,
        late: 0,
        slots: 3,
        taken: 0,
        isDrawn: false,
        isClosed: false,
        rates: [],
      },
    }
    const restaurant = {
      ...{ id: ID, slug: 'friday', today: dateOf(0), now, timeZone },
      ...{ sameDayOnly: true, seatingMinutes: 90, version: 1 },
    }
    const text = textOf(
      <OpeningList
        openings={[opening]}
        nextCursor={null}
        show="coming"
        isFirst
        restaurant={restaurant}
        locale={locale}
        words={words}
      />,
    )
    const opens: Record<Locale, string> = {
      ko: span === 'evening' ? '내일 10:00' : '오늘 10:00',
      en: span === 'evening' ? 'tomorrow at 10:00' : 'today at 10:00',
    }
    expect(text).toContain(opens[locale])
    // The end of its gate, half past midnight of Monday, has its date at every hour.
    expect(text).toContain(locale === 'ko' ? `${nameOf(2)} 00:30` : `${nameOf(2)}, 00:30`)
    expect(text).toContain(nameOf(1))
  })
})

function SlotTimes({ slots }: { slots: DaySlot[] }) {
  const { nameTime, nameTimes: nameStretch } = useWords()
  const stretches = slots.map(nameStretch).map(({ from, to }) => `${from}–${to}`)
  return [...slots.map(({ startsAt }) => nameTime(startsAt)), ...stretches].join(' | ')
}

describe('kind 1: the board marks what lies after midnight of its service date', () => {
  it.each(nightHours)('$timeZone, $wall, $locale', async (hour) => {
    const { timeZone, locale, now, at, dateOf } = hour
    const { owner, waiting } = await loadMessages(locale)
    const starts = [at(0, '22:30'), at(1, '00:30')]
    const slots: DaySlot[] = starts.map((startsAt, index) => ({
      ...{ slotId: `${ID.slice(0, -1)}${index}`, tableNumber: 1, startsAt },
      ...{ endsAt: at(1, index === 0 ? '00:00' : '01:30'), minParty: 1, maxParty: 4 },
      ...{ state: 'FREE' as const, reservationId: null, offPlan: false },
    }))
    const scale = makeTimeScale(slots)
    const words = { owner, waiting, locale, timeZone, dayCutMinutes: 300, serviceDate: dateOf(0) }
    const show = (page: React.ReactElement) =>
      textOf(<WordsProvider words={words}>{page}</WordsProvider>)
    const marked: Record<Locale, string> = {
      ko: '22:30 | 다음 날 00:30 | 22:30–다음 날 00:00 | 다음 날 00:30–01:30',
      en: '22:30 | 00:30 (next day) | 22:30–00:00 (next day) | 00:30 (next day)–01:30',
    }
    expect(show(<SlotTimes slots={slots} />)).toBe(marked[locale])
    if (!scale) throw new Error('the slots give a scale')
    const nowMs = Date.parse(now)
    const asked = { scale, slots, leastPx: 1_000, nowMs, staleAt: null }
    const axis = show(<TimeAxis {...asked} />)
    expect(axis).toMatch(locale === 'ko' ? /22:30 다음 날 00:30$/ : /22:30 next day 00:30$/)
  })
})
