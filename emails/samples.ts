import type { MailedKind } from '@/domain/notification/types'

const id = '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10'

const reservation = {
  reservationId: id,
  serviceDate: '2026-12-04',
  startsAt: '2026-12-04T10:00:00.000Z',
  endsAt: '2026-12-04T11:30:00.000Z',
  partySize: 2,
  note: '창가 자리면 좋겠어요.\n생일이라 초를 켜도 될까요?',
  allergies: '땅콩',
  sequence: 0,
  holdExpiresAt: '2026-12-03T09:10:00.000Z',
  dinerName: '김하늘',
  restaurant: {
    slug: 'friday',
    name: '금요식당',
    nameEn: 'Friday Table',
    address: '서울 성동구 성수이로7길 12',
    phone: '02-462-1234',
    timeZone: 'Asia/Seoul',
  },
}

const account = { accountName: '김하늘', email: 'haneul@example.com' }
const asked = { requestId: id, browser: 'SAMSUNG', system: 'ANDROID' }
const link = { ...account, linkId: id, expiresAt: '2026-12-04T12:00:00.000Z', asked }

const party = {
  startsAt: reservation.startsAt,
  partySize: 2,
  dinerName: '김하늘',
  tableNumbers: [3],
  isHeld: false,
  note: null,
  allergies: null,
}

const ticket = {
  ticketId: id,
  number: 17,
  place: 3,
  partySize: 2,
  hasAccount: true,
  lapsesAt: null,
  cancelledBy: null,
  reason: null,
  restaurant: reservation.restaurant,
}

const visit = {
  serviceDate: reservation.serviceDate,
  startsAt: reservation.startsAt,
  partySize: 2,
  restaurant: reservation.restaurant,
}

const opening = {
  openingId: id,
  serviceDate: reservation.serviceDate,
  opensAt: '2026-12-04T01:00:00.000Z',
  orderBy: 'DRAW',
  turnAt: null,
  reason: null,
  restaurant: reservation.restaurant,
}

/** Sample data for each kind of mail, for previews and for an admin's test mail. */
export const samples: Record<MailedKind, Record<string, unknown>> = {
  RESERVATION_HELD: reservation,
  RESERVATION_CONFIRMED: reservation,
  RESERVATION_CHANGED: {
    ...reservation,
    status: 'CONFIRMED',
    sequence: 1,
    changedBy: 'OWNER',
    before: {
      serviceDate: '2026-12-04',
      startsAt: '2026-12-04T09:00:00.000Z',
      endsAt: '2026-12-04T10:30:00.000Z',
    },
  },
  RESERVATION_CANCELLED: {
    ...reservation,
    sequence: 1,
    cancelledBy: 'OWNER',
    reason: '갑자기 물이 끊겨서 문을 열지 못해요.',
  },
  RESERVATION_EXPIRED: { ...reservation, sequence: 1 },
  RESERVATION_NO_SHOW: { ...reservation, note: null },
  RESERVATION_DISPUTE_GRANTED: { ...reservation, note: null },
  RESERVATION_DISPUTE_DECLINED: { ...reservation, note: null },
  RESERVATION_TOMORROW: { ...reservation, note: null },
  RESERVATION_SOON: { ...reservation, note: null },
  DAY_SHEET: {
    serviceDate: reservation.serviceDate,
    restaurant: reservation.restaurant,
    reservations: [
      { ...party, startsAt: '2026-12-04T08:30:00.000Z', dinerName: '이바다', isHeld: true },
      { ...party, note: reservation.note, allergies: '땅콩, 새우' },
      { ...party, dinerName: 'Robin O’Hara', partySize: 5, tableNumbers: [7, 8] },
    ],
    reservationCount: 3,
    guestCount: 9,
  },
  NO_SHOW_DISPUTED: visit,
  HOLD_TO_CONFIRM: {
    ...visit,
    reservationId: reservation.reservationId,
    holdExpiresAt: reservation.holdExpiresAt,
  },
  TICKET_TAKEN: { ...ticket, place: 9, quote: { fromMinutes: 30, toMinutes: 55 } },
  TICKET_THIRD: ticket,
  TICKET_POSTPONED: { ...ticket, place: 6 },
  TICKET_CALLED: { ...ticket, place: 1 },
  TICKET_LAST_CALLED: { ...ticket, place: 1, lapsesAt: '2026-12-04T10:10:00.000Z' },
  TICKET_LAPSED: { ...ticket, place: null, lapsesAt: '2026-12-04T10:10:00.000Z' },
  TICKET_CANCELLED: {
    ...ticket,
    place: null,
    cancelledBy: 'OWNER',
    reason: '준비한 재료가 모두 떨어졌어요.',
  },
  OPENING_SOON: opening,
  OPENING_CANCELLED: { ...opening, reason: '갑자기 물이 끊겨서 문을 열지 못해요.' },
  OPENING_TURN: { ...opening, turnAt: '2026-12-04T01:01:20.000Z' },
  CONFIRM_ADDRESS: link,
  SIGN_IN_LINK: link,
  RESET_PASSWORD: link,
  CHANGE_ADDRESS: link,
  ALREADY_REGISTERED: account,
  ADDRESS_CHANGED: link,
  PROOF_CODE: link,
  PASSWORD_CHANGED: account,
  LOGIN_CONNECTED: { ...account, provider: 'kakao' },
  PASSKEY_ADDED: account,
  PASSKEY_REMOVED: account,
  PASSKEY_NOT_NEEDED: account,
  PASSKEY_LOST: link,
  PIN_LOCKED: { ...account, restaurantName: reservation.restaurant.name },
  ACCOUNT_ASLEEP: { ...account, closesAt: link.expiresAt },
  OWNER_APPROVED: account,
  OWNER_REFUSED: { ...account, reason: '사업자 등록 번호를 확인할 수 없었어요.' },
  OWNER_WITHDRAWN: { ...account, reason: '폐업하셨다고 알려 주셔서요.' },
  STAFF_INVITED: {
    invitationId: id,
    expiresAt: link.expiresAt,
    inviterName: '박셰프',
    role: 'STAFF',
    restaurant: reservation.restaurant,
  },
}
