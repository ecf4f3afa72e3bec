type Problem = { status: number; ko: string; en: string; retryAfterSeconds?: number }

/** Refusals of the line and its tickets; part of the table in `problem.ts`. */
export const lineProblems = {
  'no-line': {
    status: 404,
    ko: '이 식당에는 웨이팅이 없어요. 예약할 수 있는지 식당 페이지에서 확인해 주세요.',
    en: 'This restaurant has no waiting line. Its page says whether you can book.',
  },
  'line-paused': {
    status: 409,
    ko: '지금은 웨이팅을 잠시 받지 않고 있어요. 조금 뒤에 다시 확인해 주세요.',
    en: 'The line isn’t taking anybody for the moment. Please look again in a while.',
  },
  'line-closed': {
    status: 409,
    ko: '오늘 웨이팅은 닫혔어요. 다음에 다시 찾아 주세요.',
    en: 'The line is closed. Please come again another time.',
  },
  'line-outside-hours': {
    status: 409,
    ko: '지금은 웨이팅을 받는 시간이 아니에요. 열리는 시각에 다시 와 주세요.',
    en: 'The line isn’t taking parties at this hour. Please come back when it opens.',
  },
  'line-full': {
    status: 409,
    ko: '기다리는 분이 많아 더 받지 못해요. 줄이 줄어들면 다시 열려요.',
    en: 'The line is as long as it may get. It opens again when it has become shorter.',
  },
  'kiosk-revoked': {
    status: 401,
    ko: '이 태블릿은 연결이 끊겼어요. 사장님 화면에서 다시 연결해 주세요.',
    en: 'This tablet is no longer connected. Please connect it again from the owner’s pages.',
  },
  'behind-oneself': {
    status: 422,
    ko: '내 번호 뒤로는 미룰 수 없어요. 뒤에 있는 다른 번호를 골라 주세요.',
    en: 'You can’t go behind yourself. Please choose a number behind you.',
  },
  'behind-earlier': {
    status: 422,
    ko: '이미 내 앞에 있는 번호예요. 뒤에 있는 번호를 골라 주세요.',
    en: 'That number is ahead of you already. Please choose one behind you.',
  },
  'behind-ended': {
    status: 409,
    ko: '지금 줄에 없는 번호예요. 기다리고 있는 번호를 골라 주세요.',
    en: 'That number isn’t in the line. Please choose one that is waiting.',
  },
  'postponed-twice': {
    status: 409,
    ko: '순서는 두 번까지 미룰 수 있어요. 지금 순서 그대로 기다려 주세요.',
    en: 'You can let others go ahead twice. Please keep the place you have now.',
  },
  'line-too-often': {
    status: 429,
    ko: '짧은 시간에 대기표를 여러 번 받으셨어요. 잠시 뒤에 다시 받을 수 있어요.',
    en: 'Several tickets were taken in a short time. You can take another in a little while.',
  },
  'already-in-line': {
    status: 409,
    ko: '이 줄에 이미 대기표가 있어요. 먼저 받은 대기표로 이어서 해 주세요.',
    en: 'There is a ticket in this line already. Please go on with that one.',
  },
  'table-needed': {
    status: 422,
    ko: '앉을 테이블을 골라 주세요.',
    en: 'Please choose the table they sit at.',
  },
} as const satisfies Record<string, Problem>
