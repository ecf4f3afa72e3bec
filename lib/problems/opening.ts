type Problem = { status: number; ko: string; en: string; retryAfterSeconds?: number }

/** Refusals of openings, lobbies and turns; part of the table in `problem.ts`. */
export const openingProblems = {
  'opening-over': {
    status: 409,
    ko: '순서대로 예약하는 시간은 끝났어요. 남은 자리가 있으면 바로 예약할 수 있어요.',
    en: 'Booking by turn is over. If seats are left, you can book right away.',
  },
  'mailbox-entered': {
    status: 409,
    ko: '이 메일함으로는 다른 계정에서 이미 접수했어요. 그 계정으로 로그인하면 순서를 볼 수 있어요.',
    en: 'Another account of your mailbox has entered already. Sign in to that one to see its turn.',
  },
  'too-late-to-tell': {
    status: 409,
    ko: '그때까지 얼마 남지 않아서 따로 알려 드리지 않아요.',
    en: 'It is so soon that no reminder would come in time.',
  },
  'opening-exists': {
    status: 409,
    ko: '이 날짜의 오픈이 이미 있어요.',
    en: 'That date has an opening already.',
  },
  'opening-too-late': {
    status: 422,
    ko: '그 영업일이 끝난 뒤의 시각이에요. 더 이른 시각을 골라 주세요.',
    en: 'That is after the service date has ended. Please choose an earlier moment.',
  },
  'opening-too-early': {
    status: 422,
    ko: '그 시각에는 아직 그 날짜를 예약할 수 없어요. 예약을 받는 기간 안의 시각을 골라 주세요.',
    en: 'At that moment the date can’t be booked yet. Please choose one within your booking window.',
  },
  'opening-begun': {
    status: 409,
    ko: '이미 시작한 오픈이라 취소할 수 없어요. 손님이 받은 차례가 있어요. 예약을 멈추려면 예약 받기를 꺼 주세요.',
    en: 'It has begun, and people hold turns, so it can’t be cancelled. To stop bookings, switch them off.',
  },
  'opening-announced': {
    status: 409,
    ko: '이미 알린 오픈은 바꿀 수 없어요. 속도만 바꿀 수 있어요.',
    en: 'An announced opening doesn’t change. Only its rate may.',
  },
  'rehearsal-running': {
    status: 409,
    ko: '다른 리허설을 하고 있어요. 몇 초면 끝나요. 잠시 뒤에 다시 눌러 주세요.',
    en: 'Another rehearsal is under way. It takes a few seconds; please try again in a moment.',
    retryAfterSeconds: 5,
  },
  'opening-near': {
    status: 409,
    ko: '곧 열리거나 막 열린 오픈이 있어서 지금은 리허설하지 않아요. 그 오픈이 지나면 다시 할 수 있어요.',
    en: 'An opening is near or has just begun, so nothing is rehearsed now. Please try again when it is over.',
  },
  'rehearsal-late': {
    status: 409,
    ko: '이미 열렸거나 취소한 오픈이라 리허설할 수 없어요.',
    en: 'This opening has begun or is cancelled, so it can’t be rehearsed.',
  },
  'receipt-unknown': {
    status: 422,
    ko: '이 오픈에서 받은 접수증이 아니에요. 접수할 때 받은 것을 확인해 주세요.',
    en: 'This isn’t a receipt of this opening. Please check the one you got when you entered.',
  },
  'not-your-turn': {
    status: 403,
    ko: '아직 차례가 아니에요. 화면을 닫아도 순서는 그대로예요.',
    en: 'It isn’t your turn yet. You keep your place even if you close the page.',
  },
  'no-turn': {
    status: 403,
    ko: '아직 차례가 아니에요. 차례가 되면 알려 드릴게요.',
    en: 'It isn’t your turn yet. We’ll tell you when it is.',
  },
  'not-open-yet': {
    status: 403,
    ko: '아직 예약이 열리지 않았어요. 열리는 시각을 확인해 주세요.',
    en: 'Bookings aren’t open yet. Please check when they open.',
  },
} as const satisfies Record<string, Problem>
