import type { Locale } from '@/lib/i18n/locale'
import { pluralise } from '@/lib/i18n/message'

type Who = 'DINER' | 'OWNER' | 'ADMIN'
/** The restaurant, when by its wall clock, and for whom. */
export type Place = {
  name: string
  /** The moment by itself, and in a sentence. */
  when: string
  told: string
  /** The service began the evening before. */
  isPastMidnight: boolean
  /** Null: the diner has not confirmed their address. */
  dinerName: string | null
}

type Changed = { by: Who; isOtherSize: boolean; before: string; after: string }

/** A greeting before a sentence; none without a name. */
const greetKo = ({ dinerName }: Place) => (dinerName === null ? '' : `${dinerName} 님, `)
const greetEn = ({ dinerName }: Place, sentence: string) =>
  dinerName === null
    ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
    : `${dinerName}, ${sentence}`

/** The texts of one mail about a reservation. */
export type Said = {
  subject: string
  title: string
  intro: string
  /** In the words of the person who acted. */
  reason?: string
  action: string
  sideAction?: string
  hints: string[]
}

type Words = {
  brand: string
  /** The unit after the number of people, its space included. */
  guests: (count: number) => string
  until: (time: string) => string
  /** For a service that runs past midnight: the evening it belongs to. */
  night: (date: string) => string
  zone: (offset: string) => string
  address: string
  phone: string
  note: string
  allergies: string
  snapshot: string
  ticketSnapshot: string
  noReply: string
  accountNoReply: string
  held: (place: Place & { deadline: string }) => Said
  heldForStaff: (place: Place & { deadline: string }) => Said
  confirmed: (place: Place) => Said
  /**
   * `before` and `after` say from when to when, because a change may be of the end alone, and for how
   * many where that has changed too.
   */
  changed: (place: Place & Changed) => Said
  cancelled: (place: Place & { by: Who; reason: string | null }) => Said
  expired: (place: Place & { deadline: string }) => Said
  /** Expired while it waited for staff. */
  unanswered: (place: Place & { deadline: string }) => Said
  tomorrow: (place: Place) => Said
  soon: (place: Place) => Said
  /** A guest without an account can't: staff know them by phone. */
  noShow: (place: Place & { canDispute: boolean }) => Said
  disputeGranted: (place: Place) => Said
  disputeDeclined: (place: Place) => Said
}

const cancelKo = '예약 취소하기'
const lateOrCancelKo = '늦는다고 알리기 · 예약 취소하기'
const mannersKo = '못 오게 되면 취소해 주세요. 기다리던 분이 앉을 수 있어요.'
const openFileKo = '첨부한 파일을 열면 캘린더에 들어가요.'
const updateFileKo = '첨부한 파일을 열면 캘린더의 시간도 바뀌어요.'
const removeFileKo = '캘린더에 넣어 두었다면, 첨부한 파일을 열면 지워져요.'
const placeKo = ({ name, when }: Place) => `${name} ${when}`
const tomorrowKo = ({ isPastMidnight }: Place) => (isPastMidnight ? '내일 밤' : '내일')
const cancelledTitleKo: Record<Who, string> = {
  DINER: '예약을 취소했어요',
  OWNER: '식당이 예약을 취소했어요',
  ADMIN: '예약이 취소됐어요',
}
const cancelledIntroKo: Record<Who, (name: string) => string> = {
  DINER: () => '요청하신 대로 취소했어요. 더 하실 일은 없어요.',
  OWNER: (name) => `${name}에서 이 예약을 취소했어요. 궁금한 점은 식당에 전화해 주세요.`,
  ADMIN: () => '밥줄 운영팀이 이 예약을 취소했어요. 궁금한 점은 식당에 전화해 주세요.',
}

const changedTitleKo: Record<Who, (isOtherSize: boolean) => string> = {
  DINER: () => '예약을 바꿨어요',
  OWNER: (isOtherSize) => `식당이 예약 시간${isOtherSize ? '과 인원' : ''}을 바꿨어요`,
  ADMIN: (isOtherSize) => `예약 시간${isOtherSize ? '과 인원' : ''}이 바뀌었어요`,
}
const askKo = '시간이 맞지 않으면 예약 화면에서 다시 바꾸거나 취소해 주세요.'

/** Whose words the reason is. */
const reasonKo: Record<Who, (reason: string) => string> = {
  DINER: (reason) => `남긴 이유: ${reason}`,
  OWNER: (reason) => `식당이 남긴 말: ${reason}`,
  ADMIN: (reason) => `밥줄이 남긴 말: ${reason}`,
}

const ko: Words = {
  brand: '밥줄',
  guests: () => '명',
  until: (time) => `${time}까지`,
  night: (date) => `${date} 밤에 이어지는 자리예요. 날짜를 한 번 더 확인해 주세요.`,
  zone: (offset) => `식당이 있는 곳의 시각이에요 (${offset}).`,
  address: '주소',
  phone: '전화',
  note: '요청 사항',
  allergies: '알레르기',
  snapshot: '메일을 보낸 시점의 내용이에요. 이후 바뀐 내용은 예약 페이지에서 볼 수 있어요.',
  ticketSnapshot: '메일을 보낸 시점의 내용이에요. 지금 순서는 대기표 페이지에서 볼 수 있어요.',
  accountNoReply: '이 주소로 보낸 답장은 읽지 못해요.',
  noReply: '이 주소로 보낸 답장은 읽지 못해요. 궁금한 점은 식당에 전화해 주세요.',
  held: ({ deadline, ...place }) => ({
    subject: `${deadline}까지 확정해 주세요 · ${placeKo(place)}`,
    title: '예약을 확정해 주세요',
    intro: `${greetKo(place)}${deadline}까지 자리를 잡아 뒀어요. 그때까지 확정하지 않으면 다른 분께 열려요.`,
    action: '예약 확정하기',
    sideAction: cancelKo,
    hints: [openFileKo],
  }),
  heldForStaff: ({ deadline, ...place }) => ({
    subject: `식당이 예약을 확인하고 있어요 · ${placeKo(place)}`,
    title: '식당이 예약을 확인하고 있어요',
    intro: `${greetKo(place)}노쇼 기록이 있어서 식당이 예약을 직접 확인한 뒤 확정해요. ${deadline}까지 자리를 잡아 두고, 결과는 메일로 알려 드려요.`,
    action: '예약 보기',
    sideAction: cancelKo,
    hints: ['사실과 다른 노쇼 기록은 그 예약 페이지에서 이의를 제기할 수 있어요.', openFileKo],
  }),
  confirmed: (place) => ({
    subject: `예약이 확정됐어요 · ${placeKo(place)}`,
    title: '예약이 확정됐어요',
    intro:
      place.dinerName === null
        ? '자리를 잡아 뒀어요.'
        : `${place.dinerName} 님 이름으로 자리를 잡아 뒀어요.`,
    action: '예약 보기',
    sideAction: cancelKo,
    hints: [mannersKo, openFileKo],
  }),
  changed: ({ by, isOtherSize, before, after, ...place }) => ({
    subject: `${changedTitleKo[by](isOtherSize)} · ${placeKo(place)}`,
    title: changedTitleKo[by](isOtherSize),
    intro: `${greetKo(place)}예약 시간${isOtherSize ? '과 인원' : ''}이 바뀌었어요. 이전: ${before} → 변경: ${after}`,
    action: '예약 보기',
    sideAction: cancelKo,
    hints: [...(by === 'DINER' ? [mannersKo] : [askKo]), updateFileKo],
  }),
  cancelled: ({ by, reason, ...place }) => ({
    subject: `${cancelledTitleKo[by]} · ${placeKo(place)}`,
    title: cancelledTitleKo[by],
    intro: cancelledIntroKo[by](place.name),
    ...(reason !== null && { reason: reasonKo[by](reason) }),
    action: '다른 시간 보기',
    sideAction: '취소된 예약 보기',
    hints: [removeFileKo],
  }),
  expired: ({ deadline, ...place }) => ({
    subject: `확정 시간이 지났어요 · ${placeKo(place)}`,
    title: '확정 시간이 지나 자리가 풀렸어요',
    intro: `${deadline}까지 잡아 둔 자리가 다른 분께 열렸어요. 아직 비어 있다면 다시 예약할 수 있어요.`,
    action: '지금 비어 있는 시간 보기',
    hints: [removeFileKo],
  }),
  unanswered: ({ deadline, ...place }) => ({
    subject: `예약이 확정되지 않았어요 · ${placeKo(place)}`,
    title: '예약이 확정되지 않았어요',
    intro: `식당이 ${deadline}까지 확정하지 않아 잡아 둔 자리가 풀렸어요. 궁금한 점은 식당에 전화해 주세요.`,
    action: '지금 비어 있는 시간 보기',
    hints: [removeFileKo],
  }),
  tomorrow: (place) => ({
    subject: `${tomorrowKo(place)} 예약이 있어요 · ${placeKo(place)}`,
    title: `${tomorrowKo(place)} 예약이 있어요`,
    intro: `${greetKo(place)}${tomorrowKo(place)}${place.isPastMidnight ? '에' : ''} 뵐게요.`,
    action: '예약 보기',
    sideAction: cancelKo,
    hints: [mannersKo],
  }),
  soon: (place) => ({
    subject: `곧 예약 시간이에요 · ${placeKo(place)}`,
    title: '곧 예약 시간이에요',
    intro: `${greetKo(place)}${place.told}에 ${place.name}에서 기다릴게요.`,
    action: '예약 보기',
    sideAction: lateOrCancelKo,
    hints: [
      '늦을 것 같으면 5분, 15분, 30분 중에서 눌러 알려 주세요. 식당 화면에 바로 보여요.',
      mannersKo,
    ],
  }),
  noShow: ({ canDispute, ...place }) => ({
    subject: `오시지 않은 예약으로 표시됐어요 · ${placeKo(place)}`,
    title: '오시지 않은 예약으로 표시됐어요',
    intro: `${place.name}에서 이 예약에 아무도 오시지 않았다고 표시했어요. 사실과 다르면 식당에 전화해 주세요.`,
    action: '예약 보기',
    hints: canDispute ? ['예약일부터 14일 안에 예약 페이지에서 이의를 제기할 수 있어요.'] : [],
  }),
  disputeGranted: (place) => ({
    subject: `이의가 받아들여졌어요 · ${placeKo(place)}`,
    title: '이의가 받아들여졌어요',
    intro: `${greetKo(place)}알려 주셔서 고마워요. 이 예약은 이제 노쇼로 세지 않아요.`,
    action: '예약 보기',
    hints: [],
  }),
  disputeDeclined: (place) => ({
    subject: `노쇼 기록이 그대로 남아요 · ${placeKo(place)}`,
    title: '노쇼 기록이 그대로 남아요',
    intro: `${greetKo(place)}보내 주신 내용을 확인했지만 기록을 바꾸지 않기로 했어요. 궁금한 점은 식당에 전화해 주세요.`,
    action: '예약 보기',
    hints: [],
  }),
}

const cancelEn = 'Cancel this booking'
const lateOrCancelEn = 'Say you’re late, or cancel'
const mannersEn = 'If you can’t make it, please cancel, so that someone else can have the table.'
const openFileEn = 'Open the attached file to put it in your calendar.'
const updateFileEn = 'Open the attached file to move it in your calendar, too.'
const removeFileEn = 'If it’s in your calendar, opening the attached file removes it.'
const placeEn = ({ name, when }: Place) => `${name}, ${when}`
const tomorrowEn = ({ isPastMidnight }: Place) => (isPastMidnight ? 'tomorrow night' : 'tomorrow')
const cancelledTitleEn: Record<Who, string> = {
  DINER: 'You cancelled your booking',
  OWNER: 'The restaurant cancelled your booking',
  ADMIN: 'Your booking was cancelled',
}
const cancelledIntroEn: Record<Who, (name: string) => string> = {
  DINER: () => 'It’s cancelled as you asked. There’s nothing more to do.',
  OWNER: (name) =>
    `${name} cancelled this booking. If you have a question, please call the restaurant.`,
  ADMIN: () =>
    'The Bobjool team cancelled this booking. If you have a question, please call the restaurant.',
}

const changedTitleEn: Record<Who, (isOtherSize: boolean) => string> = {
  DINER: () => 'You changed your booking',
  OWNER: (isOtherSize) =>
    `The restaurant changed the time${isOtherSize ? ' and size' : ''} of your booking`,
  ADMIN: (isOtherSize) =>
    isOtherSize
      ? 'The time and size of your booking have changed'
      : 'The time of your booking has changed',
}
const askEn = 'If the new time doesn’t suit you, change or cancel it on the reservation’s page.'

const reasonEn: Record<Who, (reason: string) => string> = {
  DINER: (reason) => `Your reason: ${reason}`,
  OWNER: (reason) => `From the restaurant: ${reason}`,
  ADMIN: (reason) => `From the Bobjool team: ${reason}`,
}

const en: Words = {
  brand: 'Bobjool',
  guests: (count) => pluralise(count, { one: ' guest', other: ' guests' }),
  until: (time) => `until ${time}`,
  night: (date) => `This is the night of ${date}, after midnight. Please check the date once more.`,
  zone: (offset) => `Local time at the restaurant (${offset}).`,
  address: 'Address',
  phone: 'Phone',
  note: 'Your note',
  allergies: 'Allergies',
  snapshot: 'This was correct when we sent it. Later changes are on the reservation’s page.',
  ticketSnapshot: 'This was correct when we sent it. Your current place is on the ticket’s page.',
  accountNoReply: 'Replies to this address aren’t read.',
  noReply:
    'Replies to this address aren’t read. If you have a question, please call the restaurant.',
  held: ({ deadline, ...place }) => ({
    subject: `Please confirm by ${deadline} · ${placeEn(place)}`,
    title: 'Please confirm your booking',
    intro: greetEn(
      place,
      `we keep this table for you until ${deadline}. After that it’s open to others.`,
    ),
    action: 'Confirm the reservation',
    sideAction: cancelEn,
    hints: [openFileEn],
  }),
  heldForStaff: ({ deadline, ...place }) => ({
    subject: `The restaurant is checking your booking · ${placeEn(place)}`,
    title: 'The restaurant is checking your booking',
    intro: greetEn(
      place,
      `you have missed bookings at this restaurant, so its staff confirm this one themselves. Your table is held until ${deadline}, and we’ll email you the answer.`,
    ),
    action: 'See your reservation',
    sideAction: cancelEn,
    hints: ['If a no-show isn’t right, you can dispute it on that reservation’s page.', openFileEn],
  }),
  confirmed: (place) => ({
    subject: `You’re booked · ${placeEn(place)}`,
    title: 'You’re booked',
    intro:
      place.dinerName === null
        ? 'Your table is booked.'
        : `Your table is booked under the name ${place.dinerName}.`,
    action: 'See your reservation',
    sideAction: cancelEn,
    hints: [mannersEn, openFileEn],
  }),
  changed: ({ by, isOtherSize, before, after, ...place }) => ({
    subject: `${changedTitleEn[by](isOtherSize)} · ${placeEn(place)}`,
    title: changedTitleEn[by](isOtherSize),
    intro: greetEn(
      place,
      `your booking has a new time${isOtherSize ? ' and size' : ''}. Before: ${before}. Now: ${after}.`,
    ),
    action: 'See your reservation',
    sideAction: cancelEn,
    hints: [...(by === 'DINER' ? [mannersEn] : [askEn]), updateFileEn],
  }),
  cancelled: ({ by, reason, ...place }) => ({
    subject: `${cancelledTitleEn[by]} · ${placeEn(place)}`,
    title: cancelledTitleEn[by],
    intro: cancelledIntroEn[by](place.name),
    ...(reason !== null && { reason: reasonEn[by](reason) }),
    action: 'See other times',
    sideAction: 'See the cancelled booking',
    hints: [removeFileEn],
  }),
  expired: ({ deadline, ...place }) => ({
    subject: `The time to confirm is over · ${placeEn(place)}`,
    title: 'Your table was released',
    intro: `We kept it until ${deadline}; now it’s open to others. If it’s still available, you can book it again.`,
    action: 'See what’s available now',
    hints: [removeFileEn],
  }),
  unanswered: ({ deadline, ...place }) => ({
    subject: `Your booking wasn’t confirmed · ${placeEn(place)}`,
    title: 'Your booking wasn’t confirmed',
    intro: `The restaurant didn’t confirm it by ${deadline}, so the table was released. If you have a question, please call the restaurant.`,
    action: 'See what’s available now',
    hints: [removeFileEn],
  }),
  tomorrow: (place) => ({
    subject: `See you ${tomorrowEn(place)} · ${placeEn(place)}`,
    title: `See you ${tomorrowEn(place)}`,
    intro: greetEn(place, `your table is waiting for you ${tomorrowEn(place)}.`),
    action: 'See your reservation',
    sideAction: cancelEn,
    hints: [mannersEn],
  }),
  soon: (place) => ({
    subject: `Soon · ${placeEn(place)}`,
    title: 'It’s nearly time',
    intro:
      place.dinerName === null
        ? `${place.name} expects you on ${place.told}.`
        : `${place.dinerName}, ${place.name} expects you on ${place.told}.`,
    action: 'See your reservation',
    sideAction: lateOrCancelEn,
    hints: ['Running late? Say by 5, 15 or 30 minutes; the restaurant sees it at once.', mannersEn],
  }),
  noShow: ({ canDispute, ...place }) => ({
    subject: `Marked as a no-show · ${placeEn(place)}`,
    title: 'Marked as a no-show',
    intro: `${place.name} marked that nobody came for this booking. If that isn’t so, please call the restaurant.`,
    action: 'See your reservation',
    hints: canDispute
      ? ['You can dispute it on the reservation’s page within 14 days of its date.']
      : [],
  }),
  disputeGranted: (place) => ({
    subject: `Your dispute was granted · ${placeEn(place)}`,
    title: 'Your dispute was granted',
    intro: greetEn(place, 'this booking no longer counts as a no-show. Thank you for telling us.'),
    action: 'See your reservation',
    hints: [],
  }),
  disputeDeclined: (place) => ({
    subject: `The no-show stays on record · ${placeEn(place)}`,
    title: 'The no-show stays on record',
    intro: greetEn(
      place,
      'what you wrote was read, and the record stays as it is. If you have a question, please call the restaurant.',
    ),
    action: 'See your reservation',
    hints: [],
  }),
}

/**
 * The texts of the mails. Korean comes first; English says the same, it is no translation.
 */
export const words: Record<Locale, Words> = { ko, en }
