import type { Locale } from '@/lib/locale'

type Who = 'DINER' | 'OWNER' | 'ADMIN'
type Place = { name: string; date: string; time: string }

type Words = {
  brand: string
  /** What stands behind the number of people, its space included. */
  guests: (count: number) => string
  until: (time: string) => string
  /** For a service that runs past midnight: the evening it belongs to. */
  night: (date: string) => string
  zone: (offset: string) => string
  address: string
  phone: string
  note: string
  snapshot: string
  noReply: string
  accountNoReply: string
  confirmed: {
    title: string
    subject: (place: Place) => string
    intro: (dinerName: string) => string
    open: string
    calendar: string
    manners: string
  }
  cancelled: {
    title: Record<Who, string>
    subject: (place: Place & { by: Who }) => string
    intro: Record<Who, (restaurantName: string) => string>
    reason: (reason: string) => string
    findAnother: string
    open: string
    calendar: string
  }
}

const ko: Words = {
  brand: '밥줄',
  guests: () => '명',
  until: (time) => `${time}까지`,
  night: (date) => `${date} 밤에 이어지는 자리예요. 날짜를 한 번 더 확인해 주세요.`,
  zone: (offset) => `식당이 있는 곳의 시각이에요 (${offset}).`,
  address: '주소',
  phone: '전화',
  note: '남긴 말',
  snapshot: '메일을 보낸 때의 내용이에요. 그 뒤에 바뀐 것은 예약 페이지에 있어요.',
  accountNoReply: '이 주소로 보낸 답장은 읽지 못해요.',
  noReply: '이 주소로 보낸 답장은 읽지 못해요. 궁금한 점은 식당에 전화해 주세요.',
  confirmed: {
    title: '예약이 확정됐어요',
    subject: ({ name, date, time }) => `예약이 확정됐어요 · ${name} ${date} ${time}`,
    intro: (dinerName) => `${dinerName} 님 이름으로 자리를 잡아 뒀어요.`,
    open: '예약 보기',
    calendar: '첨부한 파일을 열면 캘린더에 들어가요.',
    manners: '못 오게 되면 예약 페이지에서 취소해 주세요. 기다리던 분이 앉을 수 있어요.',
  },
  cancelled: {
    title: {
      DINER: '예약을 취소했어요',
      OWNER: '식당이 예약을 취소했어요',
      ADMIN: '예약이 취소됐어요',
    },
    subject: ({ name, date, time, by }) => `${ko.cancelled.title[by]} · ${name} ${date} ${time}`,
    intro: {
      DINER: () => '요청하신 대로 취소했어요. 더 하실 일은 없어요.',
      OWNER: (name) => `${name}에서 이 예약을 취소했어요. 사정은 식당에 전화로 물어봐 주세요.`,
      ADMIN: () => '밥줄 운영팀이 이 예약을 취소했어요. 자세한 것은 식당에 물어봐 주세요.',
    },
    reason: (reason) => `이유: ${reason}`,
    findAnother: '다른 시간 보기',
    open: '취소된 예약 보기',
    calendar: '캘린더에 넣어 두었다면, 첨부한 파일을 열면 지워져요.',
  },
}

const en: Words = {
  brand: 'Bobjool',
  guests: (count) => (count === 1 ? ' guest' : ' guests'),
  until: (time) => `until ${time}`,
  night: (date) => `This is the night of ${date}, after midnight. Please check the date once more.`,
  zone: (offset) => `Local time at the restaurant (${offset}).`,
  address: 'Address',
  phone: 'Phone',
  note: 'Your note',
  snapshot: 'This is how things stood when we wrote. Later changes are on the reservation’s page.',
  accountNoReply: 'Replies to this address aren’t read.',
  noReply:
    'Replies to this address aren’t read. If you have a question, please call the restaurant.',
  confirmed: {
    title: 'You’re booked',
    subject: ({ name, date, time }) => `You’re booked · ${name}, ${date}, ${time}`,
    intro: (dinerName) => `A table is kept under the name ${dinerName}.`,
    open: 'See your reservation',
    calendar: 'Open the attached file to put it in your calendar.',
    manners: 'Can’t make it? Please cancel on that page, so that somebody else can sit down.',
  },
  cancelled: {
    title: {
      DINER: 'You cancelled your booking',
      OWNER: 'The restaurant cancelled your booking',
      ADMIN: 'Your booking was cancelled',
    },
    subject: ({ name, date, time, by }) => `${en.cancelled.title[by]} · ${name}, ${date}, ${time}`,
    intro: {
      DINER: () => 'It’s cancelled as you asked. There is nothing more to do.',
      OWNER: (name) => `${name} cancelled this booking. To ask why, please call the restaurant.`,
      ADMIN: () =>
        'The Bobjool team cancelled this booking. Please call the restaurant for details.',
    },
    reason: (reason) => `The reason: ${reason}`,
    findAnother: 'See other times',
    open: 'See the cancelled booking',
    calendar: 'If it’s in your calendar, opening the attached file removes it.',
  },
}

/** What the mails say. Korean is written first; English says the same, it doesn't translate it. */
export const words: Record<Locale, Words> = { ko, en }
