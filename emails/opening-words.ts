import type { Locale } from '@/lib/i18n/locale'

type About = {
  name: string
  /** The date that is opened, 'Fri, Dec 4'. */
  day: string
  /** When it opens: 'Fri, Dec 4 at 10:00' in a sentence, and '10:00'. */
  opens: string
  time: string
  /** The reader's turn, '10:01:20'. */
  turn: string
  isDrawn: boolean
}
type Said = { title: string; intro: string; hints: string[] }
type Words = {
  open: string
  restaurant: string
  reason: (reason: string) => string
  soon: (about: About) => Said
  cancelled: (about: About) => Said
  turn: (about: About) => Said
}

const ko: Words = {
  open: '오픈 화면 보기',
  restaurant: '식당 화면 보기',
  reason: (reason) => `식당이 남긴 말: ${reason}`,
  soon: ({ name, day, time, isDrawn }) => ({
    title: `${time}에 예약이 열려요`,
    intro: `${name} ${day} 자리예요. 대기실은 지금 열려 있어요.`,
    hints: [
      isDrawn
        ? `${time} 전에만 들어오면 언제 들어왔는지는 순서와 상관없어요. 추첨으로 정해져요.`
        : '대기실에 들어온 순서대로 차례가 와요.',
      '알려 달라고 하셔서 보냈어요.',
    ],
  }),
  cancelled: ({ name, day, opens }) => ({
    title: '예약 오픈이 취소됐어요',
    intro: `${opens}에 열기로 한 ${name} ${day} 예약 오픈은 하지 않아요.`,
    hints: ['예약할 수 있는 다른 방법은 식당 화면에서 볼 수 있어요.'],
  }),
  turn: ({ name, turn }) => ({
    title: `곧 차례예요 · ${turn}`,
    intro: `${name} 예약 차례가 ${turn}에 와요. 지금 화면을 열어 주세요.`,
    hints: [],
  }),
}

const en: Words = {
  open: 'See the opening',
  restaurant: 'See the restaurant',
  reason: (reason) => `From the restaurant: ${reason}`,
  soon: ({ name, day, time, isDrawn }) => ({
    title: `Bookings open at ${time}`,
    intro: `${name}, tables for ${day}. The lobby is open now.`,
    hints: [
      isDrawn
        ? `When you enter before ${time} makes no difference: the order is drawn.`
        : 'Turns come in the order people enter the lobby.',
      'You asked us to tell you.',
    ],
  }),
  cancelled: ({ name, day, opens }) => ({
    title: 'The opening was cancelled',
    intro: `Bookings at ${name} for ${day} will not open ${opens} as announced.`,
    hints: ['The restaurant’s page shows how else you can book.'],
  }),
  turn: ({ name, turn }) => ({
    title: `Almost your turn · ${turn}`,
    intro: `Your turn to book at ${name} comes at ${turn}. Please open the page now.`,
    hints: [],
  }),
}

/** The texts of the notices about openings. */
export const openingWords: Record<Locale, Words> = { ko, en }
