type Problem = { status: number; ko: string; en: string }

/** Refusals of notice channels; part of the table in `problem.ts`. */
export const noticeProblems = {
  'push-off': {
    status: 409,
    ko: '지금은 푸시 알림을 쓸 수 없어요. 알림은 메일로 보내 드려요.',
    en: 'Push notifications aren’t available right now. We’ll tell you by email.',
  },
  'no-device': {
    status: 409,
    ko: '푸시 알림을 켠 기기가 없어요. 이 기기에서 알림을 켜 주세요.',
    en: 'None of your devices takes push notifications. Please turn them on here.',
  },
  'push-endpoint': {
    status: 422,
    ko: '이 브라우저로는 푸시 알림을 보낼 수 없어요. 다른 브라우저에서 켜거나 메일로 받아 주세요.',
    en: 'We can’t send push notifications to this browser. Please use another one, or email.',
  },
  'slack-address': {
    status: 422,
    ko: 'Slack 웹훅 주소가 아니에요. https://hooks.slack.com/으로 시작하는 주소를 넣어 주세요.',
    en: 'That isn’t a Slack webhook. Please paste an address that begins with https://hooks.slack.com/.',
  },
} as const satisfies Record<string, Problem>
