type Problem = { status: number; ko: string; en: string; retryAfterSeconds?: number }

/** Refusals of bookings and reservations; part of the table in `problem.ts`. */
export const bookingProblems = {
  'sold-out': {
    status: 409,
    ko: '이 시간 자리는 모두 찼어요. 다른 시간을 골라 주세요.',
    en: 'That time is full. Please choose another.',
  },
  'all-being-booked': {
    status: 409,
    ko: '남은 자리를 다른 분들이 예약하는 중이에요. 잠시 뒤에 다시 확인해 주세요.',
    en: 'The last seats are being booked. Please look again in a moment.',
  },
  'already-booked': {
    status: 409,
    ko: '이 날 이 식당에 이미 예약이 있어요. 내 예약에서 확인해 주세요.',
    en: 'You already have a booking here that day. See “My reservations”.',
  },
  'guest-differs': {
    status: 409,
    ko: '그 전화번호는 다른 이름이나 이메일로 등록된 손님의 것이에요. 같은 분이면 아는 손님에서 고르고, 아니면 전화번호를 다시 확인해 주세요.',
    en: 'That phone number belongs to a guest with another name or email. If it is the same person, pick them from the known guests; otherwise please check the number.',
  },
  'no-shows': {
    status: 403,
    ko: '이 식당에 예약하고 오지 않은 기록이 있어서 {date}부터 다시 예약할 수 있어요. 사실과 다른 기록은 예약일부터 14일 안에 내 예약에서 이의를 제기할 수 있어요.',
    en: 'You have missed bookings at this restaurant, so you can book here again from {date}. If one of them isn’t right, you can dispute it under “My reservations” within 14 days.',
  },
  'not-a-no-show': {
    status: 409,
    ko: '지금은 노쇼로 기록된 예약이 아니에요. 더 하실 일은 없어요.',
    en: 'This booking isn’t recorded as a no-show any more. There’s nothing left to do.',
  },
  'already-disputed': {
    status: 409,
    ko: '이 기록에는 이미 이의를 제기했어요. 결과는 예약 페이지에서 볼 수 있어요.',
    en: 'You have disputed this one already. The reservation’s page shows what became of it.',
  },
  'dispute-closed': {
    status: 409,
    ko: '이의는 {date}까지 제기할 수 있었어요. 궁금한 점은 식당에 전화해 주세요.',
    en: 'It could be disputed until {date}. If you have a question, please call the restaurant.',
  },
  'not-disputed': {
    status: 409,
    ko: '손님이 이의를 제기하지 않은 기록이에요. 결정할 것이 없어요.',
    en: 'The guest hasn’t disputed this one, so there’s nothing to decide.',
  },
  'dispute-decided': {
    status: 409,
    ko: '이미 결정된 이의예요. 화면을 새로 고쳐 결과를 확인해 주세요.',
    en: 'This dispute has been decided already. Please reload to see how.',
  },
  'same-guest': {
    status: 422,
    ko: '같은 손님끼리는 합칠 수 없어요. 합칠 다른 손님을 골라 주세요.',
    en: 'A guest can’t be merged with themselves. Please choose another guest.',
  },
  'already-merged': {
    status: 409,
    ko: '이미 다른 손님과 합친 손님이에요. 합친 손님을 열거나, 먼저 나눠 주세요.',
    en: 'This guest is already merged with another. Please open that one, or split them first.',
  },
  'not-merged': {
    status: 409,
    ko: '합친 손님이 아니에요. 다른 기기에서 이미 나눴을 수 있어요.',
    en: 'This guest isn’t merged. It may have been split on another device.',
  },
  'consent-needed': {
    status: 422,
    ko: '알레르기와 싫어하는 음식은 손님이 동의해야 계속 보관할 수 있어요. 동의를 언제 어떻게 받았는지 골라 주세요.',
    en: 'Allergies and dislikes are kept only if the guest agrees. Please say how and when they did.',
  },
  'nothing-to-keep': {
    status: 422,
    ko: '이 예약에는 적어 둔 알레르기가 없어요. 예약을 바꿔 알레르기를 적은 뒤 다시 눌러 주세요.',
    en: 'This reservation names no allergies. Please add them to the reservation, then try again.',
  },
  'no-person': {
    status: 422,
    ko: '이름을 남기지 않은 팀이라 장부에 적을 수 없어요. 전화 예약으로 받으면 적을 수 있어요.',
    en: 'This party left no name, so it can’t go into the guest book. A phone booking can.',
  },
  'too-many-reservations': {
    status: 409,
    ko: '앞둔 예약은 한 번에 {most}개까지 가질 수 있어요. 가지 않을 예약을 취소하면 새로 예약할 수 있어요.',
    en: 'You can have up to {most} reservations ahead of you. Cancel one you won’t use, and you can book again.',
  },
  'overlapping-reservation': {
    status: 409,
    ko: '이 시간과 겹치는 예약이 이미 있어요. 다른 시간을 고르거나 그 예약을 먼저 취소해 주세요.',
    en: 'You already have a reservation that overlaps this time. Please choose another time, or cancel that one first.',
  },
  'slot-taken': {
    status: 409,
    ko: '방금 다른 분이 먼저 예약했어요. 다른 자리를 골라 주세요.',
    en: 'Someone was a moment faster. Please choose another.',
  },
  'table-occupied': {
    status: 409,
    ko: '이 테이블에는 아직 다른 손님이 앉아 있어요. 퇴장했으면 퇴장을 먼저 누르고, 아니면 다른 자리를 골라 주세요.',
    en: 'Another party still sits at this table. If they have left, mark that first; otherwise please choose another table.',
  },
  'next-party-soon': {
    status: 409,
    ko: '다음 예약까지 {minutes}분밖에 남지 않은 테이블이에요. 다른 테이블을 고르거나 더 짧게 앉혀 주세요.',
    en: 'Only {minutes} min are left until this table’s next party. Please choose another table, or a shorter stay.',
  },
  'day-closed': {
    status: 409,
    ko: '영업일이 끝나서 이제 고칠 수 없어요. 기록은 그대로 남아요.',
    en: 'That business day is over, so it can’t be corrected any more. The record stays as it is.',
  },
  'before-start': {
    status: 409,
    ko: '예약 시간이 되기 전이라 노쇼로 처리하지 않았어요. 못 오신다고 했다면 예약을 취소해 주세요.',
    en: 'Their time hasn’t come yet, so they aren’t a no-show. If they told you they can’t come, please cancel the booking.',
  },
  'after-start': {
    status: 409,
    ko: '예약 시간이 지나서 이제 바꾸거나 취소할 수 없어요. 못 가게 됐다면 식당에 전화로 알려 주세요.',
    en: 'The time has come, so it can’t be changed or cancelled any more. If you can’t make it, please call the restaurant.',
  },
  'gate-stands': {
    status: 409,
    ko: '이 날은 오픈 순서대로 예약을 받고 있어서 다른 날 예약을 옮겨 올 수 없어요. 오픈이 끝난 뒤에 옮겨 주세요.',
    en: 'That date is being booked in the order of its opening, so no other reservation can be moved there. Please move it once the opening is over.',
  },
  'cannot-swap': {
    status: 409,
    ko: '상대 팀이 이미 앉았거나 예약이 끝나서 자리를 맞바꿀 수 없어요. 현황판을 다시 확인해 주세요.',
    en: 'The other party already sits or is no longer coming, so they can’t change places. Please look at the board again.',
  },
  'swap-with-itself': {
    status: 422,
    ko: '같은 예약끼리는 자리를 맞바꿀 수 없어요. 다른 팀을 골라 주세요.',
    en: 'A reservation can’t change places with itself. Please choose another party.',
  },
  'swap-other-date': {
    status: 422,
    ko: '다른 날 예약과는 자리를 맞바꿀 수 없어요. 같은 날 예약한 팀을 골라 주세요.',
    en: 'Only parties of the same date can change places. Please choose one of that date.',
  },
  'hold-expired': {
    status: 409,
    ko: '확정 시간이 지나서 자리가 풀렸어요. 다시 예약해 주세요.',
    en: 'This booking wasn’t confirmed in time, so the table was released. Please book again.',
  },
} as const satisfies Record<string, Problem>
