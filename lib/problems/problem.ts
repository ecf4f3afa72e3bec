import type { Locale } from '@/lib/i18n/locale'
import { formatDate, formatDateOfYear } from '@/lib/i18n/moment'
import { accountProblems } from './account'
import { bookingProblems } from './booking'
import { guestProblems } from './guest'
import { lineProblems } from './line'
import { noticeProblems } from './notice'
import { openingProblems } from './opening'
import { tableProblems } from './table'

/** Seconds after which a retry makes sense. */
const SOON = 2

type Problem = { status: number; ko: string; en: string; retryAfterSeconds?: number }

/** Every reason a request can be refused for: its HTTP status and its words. */
const problems = {
  ...accountProblems,
  ...openingProblems,
  ...bookingProblems,
  ...guestProblems,
  ...lineProblems,
  ...noticeProblems,
  ...tableProblems,
  // about the request
  'invalid-json': {
    status: 400,
    ko: '요청을 읽을 수 없어요. JSON 형식을 확인해 주세요.',
    en: 'The request could not be read. Please send valid JSON.',
  },
  'unknown-parameter': {
    status: 400,
    ko: '주소에 알 수 없는 값이 있어요. 주소를 확인해 주세요.',
    en: 'The address carries a parameter we don’t know. Please check it.',
  },
  'invalid-parameter': {
    status: 400,
    ko: '주소에 잘못된 값이 있어요. 주소를 확인해 주세요.',
    en: 'A parameter in the address isn’t valid. Please check it.',
  },
  'not-json': { status: 415, ko: 'JSON으로 보내 주세요.', en: 'Please send JSON.' },
  'not-form': { status: 415, ko: '양식으로 보내 주세요.', en: 'Please send a form.' },
  'too-large': {
    status: 413,
    ko: '보낸 내용이 너무 커요. 줄여서 다시 보내 주세요.',
    en: 'That was too much text. Please shorten it and try again.',
  },
  invalid: {
    status: 422,
    ko: '입력한 내용을 다시 확인해 주세요.',
    en: 'Please check what you entered.',
  },
  'key-reused': {
    status: 422,
    ko: '같은 요청 번호로 다른 내용을 보냈어요. 새로 예약해 주세요.',
    en: 'This key was already used for a different request. Please start again.',
  },
  // about the caller
  'signed-out': {
    status: 401,
    ko: '로그인이 필요해요. 로그인하면 이어서 할 수 있어요.',
    en: 'Please sign in to continue.',
  },
  'wrong-credentials': {
    status: 401,
    ko: '이메일이나 비밀번호가 맞지 않아요. 다시 확인해 주세요.',
    en: 'Email and password don’t match. Please check them.',
  },
  'foreign-origin': {
    status: 403,
    ko: '다른 사이트에서 보낸 요청이라 처리하지 않았어요. 밥줄에서 다시 해 주세요.',
    en: 'This request came from another site, so nothing was done. Please try again on Bobjool.',
  },
  'not-allowed': {
    status: 403,
    ko: '이 일을 할 권한이 없어요.',
    en: 'You don’t have the right to do this.',
  },
  'rate-limited': {
    status: 429,
    ko: '너무 자주 시도했어요. 잠시 뒤에 다시 해 주세요.',
    en: 'Too many tries. Please wait a moment and try again.',
    retryAfterSeconds: SOON,
  },
  // about the thing asked for
  'not-found': {
    status: 404,
    ko: '찾을 수 없어요. 주소를 다시 확인해 주세요.',
    en: 'We can’t find that. Please check the address.',
  },
  'past-date': {
    status: 422,
    ko: '지난 날짜예요. 오늘이나 다음 날짜를 골라 주세요.',
    en: 'That date has passed. Please choose today or later.',
  },
  'past-time': {
    status: 422,
    ko: '이미 지난 시간이에요. 다른 시간을 골라 주세요.',
    en: 'That time has passed. Please choose another.',
  },
  'not-today': {
    status: 422,
    ko: '당일 예약만 받는 곳이에요. 오늘 시간을 골라 주세요.',
    en: 'This restaurant takes bookings for today only.',
  },
  'beyond-horizon': {
    status: 422,
    ko: '아직 예약을 받지 않는 날짜예요. 더 가까운 날짜를 골라 주세요.',
    en: 'That date can’t be booked yet. Please choose a nearer one.',
  },
  'closed-day': {
    status: 422,
    ko: '이 날은 쉬어요. 다른 날짜를 골라 주세요.',
    en: 'The restaurant is closed that day. Please choose another.',
  },
  'no-such-time': {
    status: 422,
    ko: '이 시간에는 자리가 없어요. 현황판에 있는 시간을 골라 주세요.',
    en: 'There is no seating at that time. Please choose a time from the board.',
  },
  'party-size': {
    status: 422,
    ko: '이 인원에 맞는 자리가 없어요. 인원을 바꾸거나 식당에 전화해 주세요.',
    en: 'No table fits that party size. Please change it or call the restaurant.',
  },
  'bookings-off': {
    status: 403,
    ko: '지금은 예약을 받지 않고 있어요. 나중에 다시 확인해 주세요.',
    en: 'The restaurant isn’t taking bookings right now. Please look again later.',
  },
  'seatings-overlap': {
    status: 422,
    ko: '식사 시간이 서로 겹쳐요. 시작 시각 사이를 식사 시간보다 길게 잡아 주세요.',
    en: 'Seatings overlap. Please leave at least the seating length between two of them.',
  },
  'hours-overlap': {
    status: 422,
    ko: '같은 요일의 영업시간이 서로 겹쳐요. 겹치지 않게 고쳐 주세요.',
    en: 'Two periods of the same weekday overlap. Please separate them.',
  },
  'before-day-cut': {
    status: 422,
    ko: '하루가 바뀌는 시각보다 이른 시간이에요. 전날 밤 영업은 24시를 넘긴 시각으로 적어 주세요.',
    en: 'That is before the day begins. A night’s late service belongs to the evening before, past 24:00.',
  },
  'hours-empty': {
    status: 422,
    ko: '끝나는 시각이 시작하는 시각보다 늦어야 해요. 시각을 다시 확인해 주세요.',
    en: 'The end has to be later than the start. Please check the times.',
  },
  'beyond-day-cut': {
    status: 422,
    ko: '다음 날이 시작되는 시각을 넘겨요. 그보다 이른 시각에 끝나게 고쳐 주세요.',
    en: 'That runs past the moment the next day begins. Please end it earlier.',
  },
  'outside-hours': {
    status: 422,
    ko: '영업시간 밖의 시간이에요. 시간을 바꾸거나, 그래도 받겠다고 확인해 주세요.',
    en: 'That is outside the opening hours. Please change the time, or confirm that you mean it.',
  },
  'no-hours': {
    status: 422,
    ko: '영업시간을 아직 정하지 않았어요. 영업시간을 먼저 넣어 주세요.',
    en: 'There are no opening hours yet. Please set them first.',
  },
  'no-tables': {
    status: 422,
    ko: '등록한 테이블이 없어요. 테이블을 먼저 넣어 주세요.',
    en: 'There are no tables yet. Please add tables first.',
  },
  // conflicts with an earlier change, by another person or the caller
  'changed-meanwhile': {
    status: 409,
    ko: '그 사이 다른 분이 먼저 바꿨어요. 지금 내용을 확인하고 다시 저장해 주세요.',
    en: 'Somebody changed this meanwhile. Please look at how it is now and save again.',
  },
  'being-edited': {
    status: 409,
    ko: '다른 분이 지금 바꾸고 있어요. 잠시 뒤에 다시 해 주세요.',
    en: 'Somebody else is just changing this. Please try again in a moment.',
    retryAfterSeconds: SOON,
  },
  'schedule-exists': {
    status: 409,
    ko: '이 날짜에는 이미 예약표가 있어요. 예약표를 열어 고쳐 주세요.',
    en: 'That date has a schedule already. Please open it to change it.',
  },
  'no-schedule': {
    status: 409,
    ko: '이 날짜에는 예약표가 없어요. 먼저 만들어 주세요.',
    en: 'That date has no schedule yet. Please make one first.',
  },
  'overlaps-other-date': {
    status: 409,
    ko: '앞날이나 뒷날의 시간과 겹쳐요. 시각을 바꿔 주세요.',
    en: 'It overlaps the day before or after. Please change the times.',
  },
  'overlaps-slot': {
    status: 409,
    ko: '같은 테이블의 다른 자리와 시간이 겹쳐요. 시각을 바꿔 주세요.',
    en: 'It overlaps another slot of the same table. Please change the times.',
  },
  'has-reservations': {
    status: 409,
    ko: '예약이 들어 있어서 바꾸지 않았어요. 예약을 먼저 옮기거나 취소해 주세요.',
    en: 'There are reservations on it, so nothing was changed. Please cancel or finish them first.',
  },
  'has-schedule': {
    status: 409,
    ko: '앞으로의 예약표가 지금 시간대로 짜여 있어서 바꾸지 않았어요. 예약표를 먼저 비워 주세요.',
    en: 'Coming days are scheduled in the present time zone, so nothing was changed. Please clear them first.',
  },
  'day-cut-in-service': {
    status: 409,
    ko: '영업시간이나 예약표가 이 시각에 걸려 있어요. 영업하지 않는 시각을 골라 주세요.',
    en: 'There is service at that hour. Please choose an hour at which you are closed.',
  },
  'slug-taken': {
    status: 409,
    ko: '다른 식당이 쓰는 주소예요. 다른 주소를 골라 주세요.',
    en: 'Another restaurant has that address. Please choose another.',
  },
  'number-taken': {
    status: 409,
    ko: '같은 번호의 테이블이 있어요. 다른 번호를 골라 주세요.',
    en: 'There is a table with that number already. Please choose another.',
  },
  'already-staff': {
    status: 409,
    ko: '이미 함께 일하는 분이에요.',
    en: 'They work here already.',
  },
  'staff-full': {
    status: 409,
    ko: '직원과 초대를 합쳐 100명까지 둘 수 있어요. 쓰지 않는 초대나 그만둔 분을 먼저 정리해 주세요.',
    en: 'There is room for 100 people and invitations. Please remove some first.',
  },
  'not-an-owner': {
    status: 409,
    ko: '사장님으로 승인받은 계정이 아니에요. 사장님으로 새로 초대하면 그분이 승인을 신청할 수 있어요.',
    en: 'That account isn’t an approved owner. Invite them as an owner, and they can ask for approval.',
  },
  'last-owner': {
    status: 409,
    ko: '사장님이 한 분도 남지 않게 돼요. 다른 사장님을 먼저 정해 주세요.',
    en: 'No owner would be left. Please make somebody else an owner first.',
  },
  'already-decided': {
    status: 409,
    ko: '다른 관리자가 먼저 처리했어요. 지금 상태를 확인해 주세요.',
    en: 'Another admin has decided this already. Please look at it again.',
  },
  'hidden-by-admin': {
    status: 409,
    ko: '관리자가 숨긴 식당이라 공개할 수 없어요. 밥줄 운영팀에 문의해 주세요.',
    en: 'An admin has hidden this restaurant, so it can’t be published. Please ask the Bobjool team.',
  },
  'last-admin': {
    status: 409,
    ko: '관리자가 한 분도 남지 않게 돼요. 다른 관리자를 먼저 정해 주세요.',
    en: 'No admin would be left. Please make somebody else an admin first.',
  },
  'person-unconfirmed': {
    status: 409,
    ko: '아직 이메일 주소를 확인하지 않은 분이에요. 주소를 확인한 뒤에 다시 해 주세요.',
    en: 'They haven’t confirmed their address yet. Please try again once they have.',
  },
  'in-progress': {
    status: 409,
    ko: '앞선 요청을 처리하고 있어요. 다시 누르지 않아도 돼요.',
    en: 'We’re still working on your last request. No need to press again.',
    retryAfterSeconds: 1,
  },
  'cannot-move': {
    status: 409,
    ko: '지금 상태에서는 할 수 없어요. 화면을 새로 확인해 주세요.',
    en: 'That can’t be done any more. Please look at the board again.',
  },
  'other-date': {
    status: 409,
    ko: '오늘 손님이 아니라 {date} 손님이에요. 맞는지 확인하고, 그래도 처리하려면 한 번 더 확정해 주세요.',
    en: 'They are not today’s guests but of {date}. Please check, and confirm if you mean them.',
  },
  'too-late': {
    status: 409,
    ko: '되돌릴 수 있는 시간이 지났어요.',
    en: 'It’s too late to undo this.',
  },
  // about us
  busy: {
    status: 503,
    ko: '지금 접속이 많아요. 잠시 뒤에 다시 시도해 주세요.',
    en: 'Very busy right now. Please try again in a moment.',
    retryAfterSeconds: SOON,
  },
  unavailable: {
    status: 503,
    ko: '지금은 처리할 수 없어요. 바뀐 것은 없으니 잠시 뒤에 다시 시도해 주세요.',
    en: 'We can’t do this right now. Nothing was changed; please try again in a moment.',
    retryAfterSeconds: 5,
  },
  'key-in-use': {
    status: 503,
    ko: 'AUTH_SECRET에 아직 쓰이는 키가 빠져 있어요. 키를 다시 넣고, 더는 쓰이지 않을 때 빼 주세요.',
    en: 'AUTH_SECRET lacks a key that is still in use. Put it back, and drop it once nothing needs it.',
  },
  'not-certain': {
    status: 503,
    ko: '됐는지 확인하고 있어요. 같은 요청을 다시 보내면 결과를 알려 드려요.',
    en: 'Not certain yet. Ask again with the same key and you’ll get the answer.',
    retryAfterSeconds: 1,
  },
  unexpected: {
    status: 500,
    ko: '저희 쪽에 문제가 생겼어요. 바로 확인할게요. 잠시 뒤에 다시 시도해 주세요.',
    en: 'Something went wrong on our side. Please try again in a moment.',
  },
} as const satisfies Record<string, Problem>

export type Reason = keyof typeof problems
export const reasons = Object.keys(problems) as Reason[]

export function statusOf(reason: Reason): number {
  return problems[reason].status
}

/** Names the date, or the number, that a refusal is about. */
function fillInFacts({
  words,
  facts,
  locale,
}: {
  words: string
  facts: Record<string, unknown>
  locale: Locale
}): string {
  const { serviceDate, bookableFrom, lastDate } = facts
  // A service date is near; the others may be years away.
  const distant = bookableFrom ?? lastDate
  const date =
    typeof serviceDate === 'string'
      ? formatDate({ date: serviceDate, locale })
      : typeof distant === 'string' && formatDateOfYear({ date: distant, locale })
  const dated = date ? words.replace('{date}', date) : words
  return dated.replace(/\{(most|line)\}/g, (place, name: string) => String(facts[name] ?? place))
}

/**
 * The body of an `application/problem+json` answer (RFC 9457) and its `Retry-After`, in seconds.
 */
export function describeProblem({
  reason,
  locale,
  details = {},
}: {
  reason: Reason
  locale: Locale
  details?: Record<string, unknown>
}) {
  const problem: Problem = problems[reason]
  const { retryAfterMs, ...facts } = details
  const title = fillInFacts({ words: problem[locale], facts, locale })
  const retryAfterSeconds =
    typeof retryAfterMs === 'number'
      ? Math.max(1, Math.ceil(retryAfterMs / 1000))
      : problem.retryAfterSeconds
  return {
    status: problem.status,
    retryAfterSeconds,
    body: { ...facts, type: 'about:blank', title, status: problem.status, reason },
  }
}
