import type { Locale } from '@/lib/i18n/locale'
import { pluralise } from '@/lib/i18n/message'

type Who = 'DINER' | 'OWNER' | 'ADMIN' | 'SERVICE'
type Said = { title: string; intro: string; hints: string[] }
type About = {
  name: string
  number: number
  /** Null: it is over. */
  place: number | null
  /** Wall time at the restaurant until which a last call stands. */
  until: string
  /** Null: none was given. */
  reason: string | null
  /** The quoted wait in minutes. Null: none was quoted. */
  quote: { fromMinutes: number; toMinutes: number } | null
}

type Words = {
  open: string
  /** In the words of who cancelled. */
  reason: (about: { by: Who; reason: string }) => string
  taken: (about: About) => Said
  third: (about: About) => Said
  postponed: (about: About) => Said
  called: (about: About) => Said
  lastCalled: (about: About) => Said
  lapsed: (about: About) => Said
  cancelled: Record<Who, (about: About) => Said>
}

/** By place; others may have left since the party became third. */
const aheadKo: Record<number, string> = {
  1: '다음이에요',
  2: '앞에 한 팀이 있어요',
  3: '앞에 두 팀이 있어요',
}
const placeKo: Record<number, string> = { 1: '첫 번째', 2: '두 번째', 3: '세 번째' }
const aheadEn: Record<number, string> = {
  1: 'you’re next',
  2: 'one party is ahead',
  3: 'two parties are ahead',
}
const placeEn: Record<number, string> = { 1: 'first', 2: 'second', 3: 'third' }

const ko: Words = {
  open: '대기표 보기',
  reason: ({ by, reason }) => `${by === 'OWNER' ? '식당' : '밥줄'}이 남긴 말: ${reason}`,
  taken: ({ name, number, place, quote }) => ({
    title: `${number}번 대기표를 받았어요`,
    intro: `${name}, 지금 ${place ?? 1}번째예요.`,
    hints: [
      ...(quote ? [`예상 대기는 ${quote.fromMinutes}~${quote.toMinutes}분이에요.`] : []),
      '순서는 대기표 페이지에서 바로 보여요.',
      '못 오게 되면 취소해 주세요. 뒤에 계신 분이 빨리 들어가요.',
    ],
  }),
  third: ({ name, number, place }) => ({
    title: `곧 차례예요. ${aheadKo[place ?? 3] ?? aheadKo[3]}`,
    intro: `${name}, ${number}번 손님은 지금 ${placeKo[place ?? 3] ?? placeKo[3]}예요. 가까이에서 기다려 주세요.`,
    hints: ['늦을 것 같으면 대기표 페이지에서 순서를 미룰 수 있어요.'],
  }),
  postponed: ({ name, number, place }) => ({
    title: '순서를 미뤘어요',
    intro: `${name}, ${number}번 손님은 이제 ${place ?? 1}번째예요.`,
    hints: ['번호는 그대로예요. 순서는 두 번까지 미룰 수 있어요.'],
  }),
  called: ({ name, number }) => ({
    title: '지금 들어오세요',
    intro: `${number}번 손님, ${name}에 자리가 준비됐어요.`,
    hints: ['입구에서 번호를 알려 주세요.'],
  }),
  lastCalled: ({ name, number, until }) => ({
    title: `${until}까지 와 주세요`,
    intro: `${number}번 손님, ${name}에서 마지막으로 불렀어요. 그때까지 오시지 않으면 순서가 다음 분께 넘어가요.`,
    hints: ['이미 입구에 있다면 번호를 알려 주세요.'],
  }),
  lapsed: ({ name, number }) => ({
    title: '순서가 지나갔어요',
    intro: `${number}번 손님을 ${name}에서 불렀지만 10분 동안 오지 않아 순서가 넘어갔어요.`,
    hints: ['지금 식당에 있다면 직원에게 말해 주세요. 앞쪽으로 다시 넣어 드릴 수 있어요.'],
  }),
  cancelled: {
    DINER: ({ name, number }) => ({
      title: '대기를 취소했어요',
      intro: `${name} ${number}번 대기를 요청하신 대로 취소했어요.`,
      hints: [],
    }),
    OWNER: ({ name, number }) => ({
      title: '식당이 대기를 취소했어요',
      intro: `${name}에서 ${number}번 대기를 취소했어요. 궁금한 점은 식당에 전화해 주세요.`,
      hints: [],
    }),
    ADMIN: ({ name, number }) => ({
      title: '대기가 취소됐어요',
      intro: `밥줄 운영팀이 ${name} ${number}번 대기를 취소했어요. 궁금한 점은 식당에 전화해 주세요.`,
      hints: [],
    }),
    SERVICE: ({ name, number }) => ({
      title: '대기가 끝났어요',
      intro: `${name}의 웨이팅이 끝나 ${number}번 대기도 끝났어요.`,
      hints: [],
    }),
  },
}

const countMinutes = (count: number) => pluralise(count, { one: '# minute', other: '# minutes' })

const en: Words = {
  open: 'See your ticket',
  reason: ({ by, reason }) =>
    `From ${by === 'OWNER' ? 'the restaurant' : 'the Bobjool team'}: ${reason}`,
  taken: ({ name, number, place, quote }) => ({
    title: `You have ticket ${number}`,
    intro: `${name}: you’re number ${place ?? 1} in line right now.`,
    hints: [
      ...(quote ? [`Expected wait: ${quote.fromMinutes}–${countMinutes(quote.toMinutes)}.`] : []),
      'The ticket’s page shows your place as it changes.',
      'Can’t make it? Please cancel, so that those behind you move up.',
    ],
  }),
  third: ({ name, number, place }) => ({
    title: `Almost your turn: ${aheadEn[place ?? 3] ?? aheadEn[3]}`,
    intro: `${name}: ticket ${number} is ${placeEn[place ?? 3] ?? placeEn[3]} in line. Please wait nearby.`,
    hints: ['If you’re running late, you can let others go ahead on the ticket’s page.'],
  }),
  postponed: ({ name, number, place }) => ({
    title: 'You let others go ahead',
    intro: `${name}: ticket ${number} is now number ${place ?? 1} in line.`,
    hints: ['Your number stays the same. You can let others go ahead twice.'],
  }),
  called: ({ name, number }) => ({
    title: 'Please come in',
    intro: `Number ${number}, your table at ${name} is ready.`,
    hints: ['Say your number at the door.'],
  }),
  lastCalled: ({ name, number, until }) => ({
    title: `Please come by ${until}`,
    intro: `Number ${number}, this is the last call from ${name}. After ${until} the next party goes in.`,
    hints: ['If you’re at the door already, say your number.'],
  }),
  lapsed: ({ name, number }) => ({
    title: 'Your turn has passed',
    intro: `${name} called number ${number}, and nobody came within ten minutes.`,
    hints: ['If you’re there now, tell the staff. They can put you back near the front.'],
  }),
  cancelled: {
    DINER: ({ name, number }) => ({
      title: 'You left the line',
      intro: `Ticket ${number} at ${name} is cancelled, as you asked.`,
      hints: [],
    }),
    OWNER: ({ name, number }) => ({
      title: 'The restaurant cancelled your ticket',
      intro: `${name} cancelled ticket ${number}. If you have a question, please call the restaurant.`,
      hints: [],
    }),
    ADMIN: ({ name, number }) => ({
      title: 'Your ticket was cancelled',
      intro: `The Bobjool team cancelled ticket ${number} at ${name}. If you have a question, please call the restaurant.`,
      hints: [],
    }),
    SERVICE: ({ name, number }) => ({
      title: 'The line is over',
      intro: `The line at ${name} has closed, and ticket ${number} with it.`,
      hints: [],
    }),
  },
}

/** The texts of the mails about tickets. */
export const ticketWords: Record<Locale, Words> = { ko, en }
