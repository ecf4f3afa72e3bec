import type { Locale } from '@/lib/i18n/locale'

type Said = { title: string; intro: string; action?: string; hints: string[] }
/** `name` null: the person has not confirmed their address. */
type About = { name: string | null; email: string; until: string }
/** Null: the mail goes to an address that nobody has confirmed, and says nobody's words. */
type Invited = {
  inviter: string | null
  restaurant: string | null
  isOwner: boolean
  until: string
}

/** A booking of a restaurant's guest, whom its mail does not name. */
type Visit = { restaurant: string; when: string; partySize: number }

type Words = {
  /** Beside a link whose browser waits for a code. */
  code: { label: string; alone: string; secret: string; askedBy: (browser: string) => string }
  confirmAddress: (about: Pick<About, 'until'>) => Said
  signIn: (about: About) => Said
  resetPassword: (about: About) => Said
  alreadyRegistered: (about: Omit<About, 'until'>) => Said
  changeAddress: (about: About) => Said
  /** `until` null: nothing undoes it. */
  addressChanged: (about: Omit<About, 'until'> & { until: string | null }) => Said
  proofCode: (about: About) => Said
  passwordChanged: (about: Omit<About, 'until'>) => Said
  loginConnected: (about: Omit<About, 'until'> & { provider: 'kakao' | 'naver' }) => Said
  passkeyAdded: (about: Omit<About, 'until'>) => Said
  passkeyRemoved: (about: Omit<About, 'until'>) => Said
  passkeyNotNeeded: (about: Omit<About, 'until'>) => Said
  passkeyLost: (about: About) => Said
  pinLocked: (about: { restaurant: string }) => Said
  accountAsleep: (about: About) => Said
  ownerApproved: (about: Omit<About, 'until'>) => Said
  ownerRefused: (about: Omit<About, 'until'> & { reason: string }) => Said
  ownerWithdrawn: (about: Omit<About, 'until'> & { reason: string }) => Said
  staffInvited: (invited: Invited) => Said
  noShowDisputed: (visit: Visit) => Said
  holdToConfirm: (visit: Visit & { deadline: string }) => Said
}

const notMine = '요청한 적이 없다면 이 메일은 지우셔도 돼요. 아무 일도 일어나지 않아요.'
const notMineEn = 'If you didn’t ask for this, you can ignore this email. Nothing will happen.'

const ko: Words = {
  code: {
    label: '또는 요청한 화면에 이 코드를 적어 주세요 (10분)',
    alone: '요청한 화면에 이 코드를 적어 주세요 (10분)',
    secret: '코드는 아무에게도 알려 주지 마세요. 밥줄은 코드를 묻지 않아요.',
    askedBy: (browser) => `이 메일을 요청한 브라우저: ${browser}`,
  },
  confirmAddress: ({ until }) => ({
    title: '이메일 주소를 확인해 주세요',
    intro: '아래 버튼을 누르면 가입이 끝나고 예약할 수 있어요.',
    action: '주소 확인하기',
    hints: [`${until}까지 쓸 수 있어요.`, notMine],
  }),
  signIn: ({ email, until }) => ({
    title: '로그인 링크예요',
    intro: `아래 버튼을 누르면 ${email} 주소로 비밀번호 없이 로그인돼요.`,
    action: '로그인하기',
    hints: [`${until}까지, 한 번만 쓸 수 있어요.`, notMine],
  }),
  resetPassword: ({ email, until }) => ({
    title: '비밀번호를 새로 정해 주세요',
    intro: `아래 버튼을 누르면 ${email} 계정의 새 비밀번호를 정할 수 있어요.`,
    action: '새 비밀번호 정하기',
    hints: [`${until}까지, 한 번만 쓸 수 있어요.`, notMine],
  }),
  alreadyRegistered: ({ email }) => ({
    title: '이미 가입한 주소예요',
    intro: `${email} 주소로 가입 신청이 들어왔는데, 이 주소는 벌써 밥줄 회원이에요.`,
    action: '로그인하기',
    hints: [
      '비밀번호가 생각나지 않으면 로그인 화면에서 새로 정할 수 있어요.',
      '신청한 적이 없다면 이 메일은 지우셔도 돼요. 바뀐 것은 없어요.',
    ],
  }),
  changeAddress: ({ email, until }) => ({
    title: '새 이메일 주소를 확인해 주세요',
    intro: `아래 버튼을 누르면 밥줄에서 쓰는 이메일이 ${email} 주소로 바뀌어요.`,
    action: '이 주소로 바꾸기',
    hints: [`${until}까지 쓸 수 있어요. 그 전에는 예전 주소를 그대로 써요.`, notMine],
  }),
  addressChanged: ({ email, until }) => ({
    title: '이메일 주소가 바뀌었어요',
    intro: `이제 밥줄 알림은 ${email} 주소로 가요. 이 주소로는 더 보내지 않아요.`,
    ...(until !== null && { action: '이 주소로 되돌리기' }),
    hints:
      until === null
        ? ['직접 바꾸지 않으셨다면 밥줄에 바로 알려 주세요.']
        : [
            `직접 바꾸지 않으셨다면 ${until}까지 버튼을 눌러 되돌릴 수 있어요. 모든 기기에서 로그아웃되고, 새 비밀번호를 정하게 돼요.`,
            '직접 바꾸셨다면 그대로 두시면 돼요.',
          ],
  }),
  proofCode: ({ email, until }) => ({
    title: '본인 확인 코드예요',
    intro: `${email} 계정의 중요한 설정을 바꾸기 전에 확인해요.`,
    hints: [
      `${until}까지, 요청한 화면에서 한 번만 쓸 수 있어요.`,
      '요청한 적이 없다면 다른 사람이 로그인해 있는 거예요. 내 정보에서 다른 기기를 모두 로그아웃하고 비밀번호를 바꿔 주세요.',
    ],
  }),
  passwordChanged: ({ email }) => ({
    title: '비밀번호가 바뀌었어요',
    intro: `${email} 계정은 다른 기기에서 모두 로그아웃됐어요.`,
    hints: ['직접 바꾸지 않으셨다면 로그인 화면에서 비밀번호를 새로 정해 주세요.'],
  }),
  loginConnected: ({ email, provider }) => ({
    title: `${provider === 'kakao' ? '카카오' : '네이버'} 로그인을 연결했어요`,
    intro: `이제 ${email} 계정에 ${provider === 'kakao' ? '카카오' : '네이버'}로도 로그인할 수 있어요.`,
    action: '내 정보 보기',
    hints: [
      '직접 연결하지 않으셨다면 내 정보에서 연결을 끊고, 다른 기기에서 모두 로그아웃해 주세요.',
    ],
  }),
  passkeyAdded: ({ email }) => ({
    title: '새 패스키를 등록했어요',
    intro: `이제 ${email} 계정에 이 패스키로 로그인할 수 있어요.`,
    action: '내 정보 보기',
    hints: [
      '직접 등록하지 않으셨다면 내 정보에서 그 패스키를 지우고, 다른 기기에서 모두 로그아웃해 주세요.',
    ],
  }),
  passkeyRemoved: ({ email }) => ({
    title: '패스키를 지웠어요',
    intro: `이제 ${email} 계정에 그 패스키로는 로그인할 수 없어요.`,
    action: '내 정보 보기',
    hints: [
      '기기에 남은 패스키도 지워 주세요.',
      '직접 지우지 않으셨다면 비밀번호를 새로 정하고 밥줄에 바로 알려 주세요.',
    ],
  }),
  passkeyNotNeeded: ({ email }) => ({
    title: '이제 패스키 없이도 로그인돼요',
    intro: `${email} 계정이 로그인할 때마다 패스키를 확인하던 설정을 껐어요.`,
    action: '내 정보 보기',
    hints: ['직접 끄지 않으셨다면 설정을 다시 켜고, 다른 기기에서 모두 로그아웃해 주세요.'],
  }),
  passkeyLost: ({ email, until }) => ({
    title: '패스키 없이 로그인하려는 요청이 왔어요',
    intro: `${email} 계정에서 패스키를 잃어버렸다고 했어요. 24시간이 지나면 패스키를 지우고 로그인할 수 있게 돼요.`,
    action: '요청 멈추기',
    hints: [
      '직접 요청하셨다면 24시간 뒤에 같은 방법으로 다시 로그인해 주세요.',
      '요청한 적이 없다면 누군가 비밀번호나 메일을 알고 있어요. 바로 버튼을 눌러 멈춰 주세요. 패스키로 로그인해도 멈춰요.',
      `버튼은 ${until}까지 쓸 수 있어요.`,
    ],
  }),
  pinLocked: ({ restaurant }) => ({
    title: 'PIN이 잠겼어요',
    intro: `${restaurant} 태블릿에서 내 PIN이 15번 틀려서 잠갔어요.`,
    action: '내 정보에서 PIN 새로 정하기',
    hints: [
      '새 PIN을 정하면 바로 다시 쓸 수 있어요.',
      '직접 입력하지 않으셨다면 누가 시도했는지 사장님과 확인해 주세요.',
    ],
  }),
  accountAsleep: ({ email, until }) => ({
    title: '오래 쓰지 않은 계정이 곧 닫혀요',
    intro: `${email} 계정을 1년 동안 쓰지 않으셨어요. ${until}에 계정을 닫고 정보를 모두 지워요.`,
    action: '로그인해서 계속 쓰기',
    hints: [
      '그 전에 한 번만 로그인하면 그대로 남아요.',
      '더 쓰지 않으실 거라면 아무것도 하지 않으셔도 돼요.',
    ],
  }),
  ownerApproved: ({ name }) => ({
    title: '사장님으로 승인됐어요',
    intro: `${name === null ? '' : `${name} 사장님, `}이제 식당을 열고 예약을 받을 수 있어요.`,
    action: '식당 등록하기',
    hints: ['테이블과 영업시간만 넣으면 오늘부터 예약을 받을 수 있어요.'],
  }),
  ownerRefused: ({ name, reason }) => ({
    title: '사장님 승인이 어려워요',
    intro: `${name === null ? '' : `${name} 님의 `}신청을 살펴봤지만 지금은 승인하지 못했어요. 이유: ${reason}`,
    hints: ['손님으로는 그대로 예약할 수 있어요. 사정이 바뀌면 내 정보에서 다시 신청해 주세요.'],
  }),
  ownerWithdrawn: ({ name, reason }) => ({
    title: '사장님 승인이 취소됐어요',
    intro: `${name === null ? '' : `${name} 님, `}이제 식당을 관리할 수 없어요. 이유: ${reason}`,
    hints: [
      '혼자 맡고 있던 식당은 손님에게 보이지 않고 새 예약을 받지 않아요.',
      '손님으로는 그대로 예약할 수 있어요.',
    ],
  }),
  staffInvited: ({ inviter, restaurant, isOwner, until }) => ({
    title: restaurant === null ? '식당에서 초대했어요' : `${restaurant}에서 초대했어요`,
    intro:
      restaurant === null
        ? `밥줄을 쓰는 식당에서 ${isOwner ? '공동 사장님' : '직원'}으로 초대했어요. 누가 어느 식당으로 초대했는지는 초대에서 볼 수 있어요.`
        : `${inviter === null ? '' : `${inviter} 님이 `}${restaurant}의 ${isOwner ? '공동 사장님' : '직원'}으로 초대했어요.`,
    action: '초대 보기',
    hints: [`${until}까지 받을 수 있어요.`, '모르는 곳이라면 이 메일은 지우셔도 돼요.'],
  }),
  noShowDisputed: ({ restaurant, when, partySize }) => ({
    title: `노쇼 이의가 들어왔어요 · ${restaurant} ${when}`,
    intro: `${when} ${partySize}명 예약의 손님이 노쇼가 아니었다고 알려 왔어요. 내용을 읽고 결정해 주세요.`,
    action: '이의 보기',
    hints: ['결정하기 전까지는 노쇼로 세어요. 결정하면 손님에게 메일로 알려 드려요.'],
  }),
  holdToConfirm: ({ restaurant, when, partySize, deadline }) => ({
    title: `확정을 기다리는 예약이 있어요 · ${restaurant} ${when}`,
    intro: `노쇼 기록이 있는 손님이 ${when} ${partySize}명 자리를 예약했어요. ${deadline}까지 확정하거나 취소해 주세요.`,
    action: '예약 보기',
    hints: ['그때까지 확정하지 않으면 자리가 풀리고, 손님에게 메일로 알려 드려요.'],
  }),
}

const greet = (name: string | null, sentence: string) =>
  name === null ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : `${name}, ${sentence}`

const en: Words = {
  code: {
    label: 'Or enter this code where you asked for it (10 minutes)',
    alone: 'Enter this code where you asked for it (10 minutes)',
    secret: 'Give the code to nobody. Bobjool never asks you for it.',
    askedBy: (browser) => `This email was asked for in: ${browser}`,
  },
  confirmAddress: ({ until }) => ({
    title: 'Please confirm your address',
    intro: 'Press the button to finish signing up. Then you can book.',
    action: 'Confirm address',
    hints: [`It works until ${until}.`, notMineEn],
  }),
  signIn: ({ email, until }) => ({
    title: 'Your sign-in link',
    intro: `Press the button to sign in as ${email} without a password.`,
    action: 'Sign in',
    hints: [`It works once, until ${until}.`, notMineEn],
  }),
  resetPassword: ({ email, until }) => ({
    title: 'Choose a new password',
    intro: `Press the button to choose a new password for ${email}.`,
    action: 'Choose a password',
    hints: [`It works once, until ${until}.`, notMineEn],
  }),
  alreadyRegistered: ({ email }) => ({
    title: 'You already have an account',
    intro: `Someone tried to sign up as ${email}, which already has an account on Bobjool.`,
    action: 'Sign in',
    hints: [
      'If you’ve forgotten your password, you can choose a new one on the sign-in page.',
      'If it wasn’t you, you can ignore this email. Nothing was changed.',
    ],
  }),
  changeAddress: ({ email, until }) => ({
    title: 'Please confirm your new address',
    intro: `Press the button and Bobjool will use ${email} from then on.`,
    action: 'Use this address',
    hints: [`It works until ${until}. Until you press, your old address stays.`, notMineEn],
  }),
  addressChanged: ({ email, until }) => ({
    title: 'Your address was changed',
    intro: `Bobjool now writes to ${email}, and no longer to this address.`,
    ...(until !== null && { action: 'Use this address again' }),
    hints:
      until === null
        ? ['If that wasn’t you, please tell us right away.']
        : [
            `If that wasn’t you, press the button until ${until}. It signs out every device, and you choose a new password.`,
            'If it was you, there’s nothing to do.',
          ],
  }),
  proofCode: ({ email, until }) => ({
    title: 'Your code to confirm it’s you',
    intro: `We check before an important setting of ${email} is changed.`,
    hints: [
      `It works once, until ${until}, where you asked for it.`,
      'If you didn’t ask for this, somebody is signed in as you. Sign out all other devices on your account page and change your password.',
    ],
  }),
  passwordChanged: ({ email }) => ({
    title: 'Your password was changed',
    intro: `All other devices of ${email} were signed out.`,
    hints: ['If that wasn’t you, please choose a new password on the sign-in page.'],
  }),
  loginConnected: ({ email, provider }) => ({
    title: `You can now sign in with ${provider === 'kakao' ? 'Kakao' : 'Naver'}`,
    intro: `Your account ${email} was connected to a ${provider === 'kakao' ? 'Kakao' : 'Naver'} login.`,
    action: 'See your account',
    hints: [
      'If that wasn’t you, disconnect it on your account page and sign out all other devices.',
    ],
  }),
  passkeyAdded: ({ email }) => ({
    title: 'A passkey was added',
    intro: `You can now sign in to ${email} with it.`,
    action: 'Open your account',
    hints: [
      'If that wasn’t you, remove the passkey on your account page and sign out on all other devices.',
    ],
  }),
  passkeyRemoved: ({ email }) => ({
    title: 'A passkey was removed',
    intro: `It no longer signs in to ${email}.`,
    action: 'Open your account',
    hints: [
      'Please delete it on your device too.',
      'If that wasn’t you, choose a new password and tell us at once.',
    ],
  }),
  passkeyNotNeeded: ({ email }) => ({
    title: 'Signing in no longer asks for your passkey',
    intro: `${email} no longer asks for a passkey each time you sign in.`,
    action: 'Open your account',
    hints: ['If that wasn’t you, switch it on again and sign out on all other devices.'],
  }),
  passkeyLost: ({ email, until }) => ({
    title: 'Somebody asked to sign in without your passkey',
    intro: `Somebody who signed in to ${email} says that its passkeys are lost. In 24 hours they can remove them and sign in.`,
    action: 'Stop this',
    hints: [
      'If it was you, sign in the same way again after 24 hours.',
      'If it wasn’t, somebody knows your password or reads your email. Press the button now to stop them. Signing in with your passkey stops it, too.',
      `The button works until ${until}.`,
    ],
  }),
  pinLocked: ({ restaurant }) => ({
    title: 'Your PIN is locked',
    intro: `It was entered wrong 15 times on a tablet at ${restaurant}.`,
    action: 'Set a new PIN on your account page',
    hints: [
      'It works again as soon as you have set a new one.',
      'If that wasn’t you, please find out with the owner who tried.',
    ],
  }),
  accountAsleep: ({ email, until }) => ({
    title: 'Your account is about to be closed',
    intro: `Nobody has used ${email} for a year. On ${until} the account is closed and everything in it is erased.`,
    action: 'Sign in and keep it',
    hints: ['Signing in once before then keeps it.', 'If you no longer need it, just do nothing.'],
  }),
  ownerApproved: ({ name }) => ({
    title: 'You’re approved as an owner',
    intro: greet(name, 'you can open your restaurant now and take bookings.'),
    action: 'Add your restaurant',
    hints: ['Tables and hours are all it takes to be bookable today.'],
  }),
  ownerRefused: ({ name, reason }) => ({
    title: 'We couldn’t approve you as an owner',
    intro: greet(
      name,
      `we looked at your request and can’t approve it for now. The reason: ${reason}`,
    ),
    hints: ['You can go on booking as a diner, and ask again from your account page.'],
  }),
  ownerWithdrawn: ({ name, reason }) => ({
    title: 'You’re no longer approved as an owner',
    intro: greet(name, `you can no longer run restaurants on Bobjool. The reason: ${reason}`),
    hints: [
      'Restaurants that nobody else owns are hidden and take no new bookings.',
      'You can go on booking as a diner.',
    ],
  }),
  staffInvited: ({ inviter, restaurant, isOwner, until }) => ({
    title: restaurant === null ? 'A restaurant invites you' : `Join ${restaurant} on Bobjool`,
    intro:
      restaurant === null
        ? `A restaurant on Bobjool invites you to join as ${isOwner ? 'a co-owner' : 'staff'}. The invitation says which one, and who invites you.`
        : `${inviter === null ? 'You’re invited' : `${inviter} invites you`} to join ${restaurant} as ${isOwner ? 'a co-owner' : 'staff'}.`,
    action: 'See the invitation',
    hints: [`It’s open until ${until}.`, 'If you don’t know them, you can ignore this email.'],
  }),
  noShowDisputed: ({ restaurant, when, partySize }) => ({
    title: `A no-show is disputed · ${restaurant}, ${when}`,
    intro: `The guest of ${when}, party of ${partySize}, says that it was no no-show. Please read what they wrote, and decide.`,
    action: 'See the dispute',
    hints: ['Until you decide it counts as a no-show. The guest gets an email once you do.'],
  }),
  holdToConfirm: ({ restaurant, when, partySize, deadline }) => ({
    title: `A booking waits for you · ${restaurant}, ${when}`,
    intro: `A guest who has missed bookings here has booked ${when}, party of ${partySize}. Please confirm or cancel it by ${deadline}.`,
    action: 'See the booking',
    hints: ['If nobody confirms it by then, the table is released and the guest gets an email.'],
  }),
}

export const accountWords: Record<Locale, Words> = { ko, en }
