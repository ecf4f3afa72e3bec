type Problem = { status: number; ko: string; en: string }

/** Refusals of accounts, mailed links and invitations; part of the table in `problem.ts`. */
export const accountProblems = {
  'address-unconfirmed': {
    status: 403,
    ko: '이메일 주소를 먼저 확인해 주세요. 내 정보에서 확인 메일을 다시 받을 수 있어요.',
    en: 'Please confirm your address first. You can get the email again on your account page.',
  },
  'proof-needed': {
    status: 403,
    ko: '본인 확인이 필요해요. 비밀번호나 메일 코드로 확인하면 이어서 할 수 있어요.',
    en: 'Please confirm that it’s you, with your password or an emailed code, to continue.',
  },
  'author-needed': {
    status: 403,
    ko: '누가 하는지 확인해야 해요. 이름을 고르고 PIN을 입력해 주세요.',
    en: 'We need to know who is doing this. Please choose your name and enter your PIN.',
  },
  'author-ended': {
    status: 403,
    ko: '이 일을 한 분의 PIN을 더 이상 쓸 수 없어 처리하지 않았어요. 지금 일하는 분이 다시 해 주세요.',
    en: 'Nothing was done: the PIN it was done with no longer counts. Please do it again under your own name.',
  },
  'not-shared': {
    status: 409,
    ko: '함께 쓰는 태블릿이 아니어서 PIN이 필요 없어요. 화면을 새로 고쳐 주세요.',
    en: 'This isn’t a shared tablet, so no PIN is needed. Please reload the page.',
  },
  'shared-tablet': {
    status: 403,
    ko: '함께 쓰는 태블릿에서는 내 이름으로 예약하거나 줄을 설 수 없어요. 손님 예약은 현황판에서 받아 주세요.',
    en: 'A shared tablet can’t book or queue for its own account. Please book for guests on the board.',
  },
  'wrong-pin': {
    status: 403,
    ko: 'PIN이 맞지 않아요. 다시 확인해 주세요.',
    en: 'That isn’t the right PIN. Please check it.',
  },
  'pin-locked': {
    status: 403,
    ko: 'PIN을 여러 번 틀려서 잠겼어요. 내 정보에서 PIN을 새로 정하거나 사장님께 임시 PIN을 받아 주세요.',
    en: 'This PIN is locked after too many wrong tries. Set a new one on your account page, or ask the owner for a one-time PIN.',
  },
  'pin-must-change': {
    status: 409,
    ko: '임시 PIN이에요. 앞으로 쓸 PIN을 새로 정해 주세요.',
    en: 'That is a one-time PIN. Please choose one of your own.',
  },
  'pin-guessable': {
    status: 422,
    ko: '쉽게 맞힐 수 있는 PIN이에요. 0000, 1234, 전화번호 끝자리 말고 다른 숫자로 정해 주세요.',
    en: 'That PIN is easy to guess. Please choose one that isn’t 0000, 1234 or the end of your phone number.',
  },
  'terms-needed': {
    status: 422,
    ko: '이용약관에 동의하고 만 14세 이상인지 알려 주시면 이어서 할 수 있어요.',
    en: 'Please agree to the terms and say that you are 14 or older to go on.',
  },
  'wrong-password': {
    status: 403,
    ko: '지금 쓰는 비밀번호가 맞지 않아요. 다시 확인해 주세요.',
    en: 'That isn’t your current password. Please check it.',
  },
  'link-unknown': {
    status: 404,
    ko: '쓸 수 없는 링크예요. 메일에 있는 주소를 끝까지 복사했는지 확인해 주세요.',
    en: 'This link doesn’t work. Please check that you copied the whole address from the email.',
  },
  'cancel-link-moved': {
    status: 410,
    ko: '이 메일을 받은 주소는 이제 예약하신 분의 주소가 아니에요. 로그인한 뒤 내 예약에서 취소해 주세요.',
    en: 'This email went to an address that is no longer the diner’s. Please sign in and cancel under your reservations.',
  },
  'link-moved': {
    status: 409,
    ko: '이 계정의 이메일이 바뀌어서 예전 주소로는 보내지 않아요. 지금 쓰는 주소로 로그인해 주세요.',
    en: 'The account has another address now, so nothing is sent to the former one. Please sign in with the present one.',
  },
  'cancel-link-over': {
    status: 410,
    ko: '예약 시간이 됐거나 이미 끝난 예약이라 취소할 수 없어요. 급한 일은 식당에 전화해 주세요.',
    en: 'The time has come or the booking is over, so it can’t be cancelled. If it’s urgent, please call the restaurant.',
  },
  'link-expired': {
    status: 410,
    ko: '만료된 링크예요. 새 링크를 받아 주세요.',
    en: 'This link has expired. Please ask for a new one.',
  },
  'link-used': {
    status: 410,
    ko: '이미 사용한 링크예요. 더 하실 일이 남았다면 새 링크를 받아 주세요.',
    en: 'This link was used already. If there is more to do, please ask for a new one.',
  },
  'request-unknown': {
    status: 404,
    ko: '이 브라우저에서 요청한 메일이 아니에요. 메일의 버튼을 누르거나 여기서 새로 요청해 주세요.',
    en: 'This browser didn’t ask for that email. Press the button in the email, or ask for a new one here.',
  },
  'code-wrong': {
    status: 422,
    ko: '코드가 맞지 않아요. 가장 나중에 온 메일의 여섯 자리를 적어 주세요.',
    en: 'That code isn’t right. Please enter the six digits of the newest email.',
  },
  'code-tries': {
    status: 429,
    ko: '코드를 다섯 번 잘못 적었어요. 메일의 버튼을 누르거나 메일을 다시 받아 주세요.',
    en: 'That was the fifth wrong code. Press the button in the email, or ask for a new email.',
  },
  'code-over': {
    status: 410,
    ko: '코드를 쓸 수 있는 10분이 지났어요. 메일의 버튼을 누르거나 메일을 다시 받아 주세요.',
    en: 'The code’s ten minutes are over. Press the button in the email, or ask for a new email.',
  },
  'code-used': {
    status: 410,
    ko: '이미 사용한 코드예요. 더 하실 일이 남았다면 메일을 다시 받아 주세요.',
    en: 'This code was used already. If there is more to do, please ask for a new email.',
  },
  'number-wrong': {
    status: 409,
    ko: '다른 번호예요. 안전하게 이 요청을 끝냈어요. 직접 로그인하시려면 그 브라우저에서 메일을 다시 받아 주세요.',
    en: 'That’s another number, so this request was ended. If it’s you who is signing in, ask for a new email in that browser.',
  },
  'number-over': {
    status: 410,
    ko: '번호를 고를 수 있는 시간이 지났거나 이미 골랐어요. 여기서 로그인하거나 메일을 다시 받아 주세요.',
    en: 'The time to pick a number is over, or one was picked. Sign in here, or ask for a new email.',
  },
  'invitation-revoked': {
    status: 410,
    ko: '식당에서 취소한 초대예요. 함께 일하기로 했다면 식당에 새 초대를 부탁해 주세요.',
    en: 'The restaurant withdrew this invitation. If you do work there, please ask for a new one.',
  },
  'other-address': {
    status: 403,
    ko: '다른 이메일 주소로 온 초대예요. 초대 메일을 받은 주소로 로그인해 주세요.',
    en: 'This invitation went to another address. Please sign in with the one that got the email.',
  },
  'password-needed': {
    status: 403,
    ko: '다른 기기에서 가입하셨네요. 쓰실 비밀번호를 정하면 가입이 끝나요.',
    en: 'You signed up on another device. Choose a password to finish signing up.',
  },
  'address-taken': {
    status: 409,
    ko: '다른 계정이 쓰고 있는 주소예요. 그 계정으로 로그인하거나 다른 주소를 써 주세요.',
    en: 'Another account uses that address. Please sign in to it, or use another address.',
  },
  'email-mismatch': {
    status: 422,
    ko: '지금 쓰는 이메일 주소와 달라요. 다시 확인해 주세요.',
    en: 'That isn’t your current address. Please check it.',
  },
  'last-admin': {
    status: 409,
    ko: '관리자가 한 분도 남지 않게 돼요. 다른 관리자를 먼저 정해 주세요.',
    en: 'No admin would be left. Please make somebody else an admin first.',
  },
  'last-login': {
    status: 409,
    ko: '로그인할 방법이 남지 않아요. 비밀번호를 정하거나 패스키를 먼저 만들어 주세요.',
    en: 'You couldn’t sign in any more. Please set a password or make a passkey first.',
  },
  'login-taken': {
    status: 409,
    ko: '다른 밥줄 계정에 연결된 로그인이에요. 그 계정에서 먼저 연결을 끊어 주세요.',
    en: 'That login belongs to another Bobjool account. Please disconnect it there first.',
  },
  'passkey-over': {
    status: 410,
    ko: '패스키 요청이 끝났거나 이미 쓴 요청이에요. 처음부터 다시 해 주세요.',
    en: 'This passkey request is over or was used already. Please start again.',
  },
  'passkey-unknown': {
    status: 404,
    ko: '밥줄에 없는 패스키예요. 지운 패스키라면 기기에서도 지우고, 다른 방법으로 로그인해 주세요.',
    en: 'We don’t know this passkey. If it was removed, delete it on your device too and sign in another way.',
  },
  'passkey-other-account': {
    status: 403,
    ko: '다른 계정의 패스키예요. 이 계정에 등록한 패스키를 골라 주세요.',
    en: 'This passkey belongs to another account. Please choose one of this account.',
  },
  'passkey-other-site': {
    status: 403,
    ko: '밥줄 주소가 아닌 곳에서 만든 응답이라 받지 않았어요. 주소창을 확인하고 밥줄에서 다시 해 주세요.',
    en: 'This answer was made for another site, so it wasn’t accepted. Check the address bar and try again on Bobjool.',
  },
  'passkey-unverified': {
    status: 403,
    ko: '기기에서 본인 확인을 하지 않았어요. 지문, 얼굴이나 PIN으로 확인해 주세요.',
    en: 'Your device didn’t check that it’s you. Please use your fingerprint, face or PIN.',
  },
  'passkey-invalid': {
    status: 422,
    ko: '패스키를 확인하지 못했어요. 처음부터 다시 하거나 다른 방법을 써 주세요.',
    en: 'We couldn’t verify this passkey. Please start again or use another way.',
  },
  'passkey-copied': {
    status: 403,
    ko: '복제됐을 수 있는 패스키라 막았어요. 다른 방법으로 로그인해서 이 패스키를 지워 주세요.',
    en: 'This passkey may have been copied, so it was refused. Please sign in another way and remove it.',
  },
  'passkey-taken': {
    status: 409,
    ko: '이미 등록된 패스키예요. 다른 기기에서 새로 만들어 주세요.',
    en: 'This passkey is registered already. Please make one on another device.',
  },
  'passkey-needed': {
    status: 403,
    ko: '패스키로 한 번 더 확인해야 해요. 웹 브라우저의 밥줄에서 패스키로 로그인해 주세요.',
    en: 'This needs your passkey as well. Please sign in with it on Bobjool in your browser.',
  },
  'recovery-waits': {
    status: 409,
    ko: '아직 기다리는 시간이거나 멈춘 요청이에요. 안내해 드린 시각 뒤에 다시 로그인하거나 새로 요청해 주세요.',
    en: 'The wait isn’t over yet, or the request was stopped. Please sign in again after the time we named, or ask anew.',
  },
  'no-passkey': {
    status: 409,
    ko: '등록한 패스키가 없어요. 내 정보에서 패스키를 먼저 만들어 주세요.',
    en: 'There is no passkey yet. Please make one on your account page first.',
  },
  'last-passkey': {
    status: 409,
    ko: '로그인에 패스키가 꼭 필요한 계정이에요. 다른 패스키를 먼저 만들어 주세요.',
    en: 'This account needs a passkey to sign in. Please make another one first.',
  },
  'passkeys-full': {
    status: 409,
    ko: '패스키는 20개까지 만들 수 있어요. 쓰지 않는 패스키를 먼저 지워 주세요.',
    en: 'There can be up to 20 passkeys. Please remove one you don’t use first.',
  },
  'email-needed': {
    status: 422,
    ko: '이메일 주소를 받지 못했어요. 이메일 제공에 동의하거나, 이메일로 가입한 뒤 내 정보에서 연결해 주세요.',
    en: 'We didn’t get your email address. Please agree to share it, or sign up by email and connect it on your account page.',
  },
} as const satisfies Record<string, Problem>
