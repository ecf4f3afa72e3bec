import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReservationStatus } from '@/domain/booking/types'
import { signLink } from '@/lib/crypto/link-token'
import { sessionCookieName } from '@/lib/http/session'
import { DEMO_PASSWORD } from '@/prisma/factories'
import {
  everybody,
  type Role,
  type Scene,
  setUpCast,
  shareCast,
  staff,
} from '../support/access-cast'
import { AGREED, pendingCookie } from '../support/agreement'
import { bookingActionAccess } from '../support/booking-access'
import { fingerprintRows, signTokenFor, useApps } from '../support/http-scene'
import { lineActionAccess } from '../support/line-access'
import { openingAccess } from '../support/opening-access'
import { passkeyAccess } from '../support/passkey-access'
import { restaurantAccess } from '../support/restaurant-access'
import { scheduleAccess } from '../support/schedule-access'
import { type Action, callAction, listActions } from '../support/server-actions'

const apps = useApps()
const requestCookie = sessionCookieName().replace('session-token', 'link-request')
const DOMAIN = path.resolve(import.meta.dirname, '../../domain')

interface Access {
  /** Who may call it; `anyone` needs no session. */
  who: 'anyone' | Role[]
  given: (scene: Scene) => Record<string, unknown>
  /** The browser's request for a mail, which it keeps under our seal. */
  requestId?: (scene: Scene) => string
  /** Another cookie that the browser keeps. */
  keeps?: () => { name: string; value: string }
  /** Status of the reservation acted on; confirmed by default. */
  status?: ReservationStatus
  /** What everyone else is told; by default, that it does not exist. */
  refusal?: string
  /** What those whom it concerns are told here; by default, that it was done. */
  answer?: string
}

/** Who may call what. An action without a line here fails the first test. */
const table: Record<string, Access> = {
  ...restaurantAccess,
  ...openingAccess,
  ...scheduleAccess,
  ...lineActionAccess,
  ...passkeyAccess,
  ...bookingActionAccess,
  'domain/identity/session.actions.ts signUpHere': {
    who: 'anyone',
    given: () => ({
      email: `${randomUUID()}@bobjool.test`,
      password: 'a long enough one',
      name: '새손님',
      phone: '',
      wants: 'OWNER',
      ...AGREED,
      errand: { returnPath: '/', texts: {} },
    }),
  },
  'domain/identity/link.actions.ts askForLink': {
    who: 'anyone',
    given: ({ diner }) => ({
      email: diner.email,
      purpose: 'RESET_PASSWORD',
      errand: { returnPath: '/', texts: {} },
    }),
  },
  'domain/identity/link.actions.ts askForNewLink': {
    who: 'anyone',
    given: ({ links }) => ({ token: links.signIn }),
  },
  'domain/identity/link.actions.ts confirmAddressByLink': {
    who: 'anyone',
    given: ({ links }) => ({ token: links.confirm }),
  },
  'domain/identity/link.actions.ts enterByLink': {
    who: 'anyone',
    given: ({ links }) => ({ token: links.signIn }),
  },
  'domain/identity/link.actions.ts keepPasskeyByLink': {
    who: 'anyone',
    given: ({ links }) => ({ token: links.keep }),
  },
  'domain/identity/link.actions.ts undoAddressByLink': {
    who: 'anyone',
    given: ({ links }) => ({ token: links.undo }),
  },
  'domain/identity/link.actions.ts enterByMailedCode': {
    who: 'anyone',
    given: ({ asked }) => ({ code: asked.code }),
    requestId: ({ asked }) => asked.requestId,
  },
  'domain/identity/link.actions.ts pickNumberOfBrowser': {
    who: 'anyone',
    given: ({ asked: { token, number } }) => ({ token, number }),
  },
  'domain/identity/link.actions.ts enterByPickedNumber': {
    who: 'anyone',
    given: () => ({}),
    requestId: ({ asked }) => asked.pickedId,
  },
  'domain/identity/agreement.actions.ts agreeToPresentTerms': {
    who: everybody,
    given: () => ({}),
  },
  'domain/identity/agreement.actions.ts finishExternalSignUp': {
    who: 'anyone',
    given: () => AGREED,
    keeps: () => pendingCookie({ subject: randomUUID(), email: `${randomUUID()}@bobjool.test` }),
  },
  'domain/identity/session.actions.ts choosePasswordByLink': {
    who: 'anyone',
    given: ({ links }) => ({ token: links.reset, password: 'a long enough one' }),
  },
  'domain/booking/actions.ts editStaffNote': {
    who: staff,
    given: ({ reservationId }) => ({ reservationId, shown: null, text: '창가 자리' }),
  },
  'domain/booking/actions.ts cancelReservation': {
    who: ['admin'],
    given: ({ reservationId }) => ({ reservationId, reason: '식당의 부탁' }),
  },
  'domain/notification/actions.ts resendNotice': {
    who: ['admin'],
    given: ({ deadNoticeId: noticeId }) => ({ noticeId }),
  },
  'domain/notification/actions.ts sendOwnSample': {
    who: ['admin'],
    given: () => ({ kind: 'TICKET_CALLED', language: 'en' }),
  },
  'domain/identity/people.actions.ts endSessions': {
    who: ['admin'],
    given: ({ stranger }) => ({ accountId: stranger.id }),
  },
  'domain/identity/people.actions.ts makeAdmin': {
    who: ['admin'],
    given: ({ stranger }) => ({ accountId: stranger.id }),
  },
  'domain/identity/people.actions.ts forgetPasskeys': {
    who: ['admin'],
    given: ({ keyHolderId }) => ({ accountId: keyHolderId }),
  },
  'domain/identity/people.actions.ts sendConfirmation': {
    who: ['admin'],
    given: ({ unconfirmedId }) => ({ accountId: unconfirmedId }),
  },
  'domain/identity/people.actions.ts unmakeAdmin': {
    who: ['admin'],
    given: ({ admin }) => ({ accountId: admin.id }),
  },
  'domain/restaurant/owner-approval.actions.ts approveOwner': {
    who: ['admin'],
    given: ({ unapproved }) => ({ accountId: unapproved.id, seen: 'WAITING' }),
  },
  'domain/restaurant/owner-approval.actions.ts refuseOwner': {
    who: ['admin'],
    given: ({ unapproved }) => ({ accountId: unapproved.id, reason: '확인할 수 없어요' }),
  },
  'domain/restaurant/owner-approval.actions.ts withdrawApproval': {
    who: ['admin'],
    given: ({ owner }) => ({ accountId: owner.id, reason: '폐업' }),
  },
  'domain/restaurant/visibility.actions.ts hideRestaurant': {
    who: ['admin'],
    given: ({ restaurantId }) => ({ restaurantId, reason: '위생 점검' }),
  },
  'domain/restaurant/visibility.actions.ts restoreRestaurant': {
    who: ['admin'],
    given: ({ hiddenRestaurantId }) => ({ restaurantId: hiddenRestaurantId, reason: '점검 끝' }),
  },
}

/** Acts on the caller's own account: each names only the caller's own row. */
const onOneself = (given: Record<string, unknown> = {}): Access => ({
  who: everybody,
  given: () => given,
})
const people: Record<string, Access> = {
  'domain/identity/account.actions.ts changeOwnProfile': onOneself({ name: '박손님' }),
  'domain/identity/account.actions.ts changeOwnLanguage': onOneself({ language: 'en' }),
  'domain/identity/session.actions.ts changeOwnPassword': onOneself({
    presentPassword: DEMO_PASSWORD,
    newPassword: 'a-new-password',
  }),
  'domain/notification/subscription.actions.ts turnOnPush': onOneself({
    endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`,
    p256dh: 'p'.repeat(87),
    auth: 'a'.repeat(22),
  }),
  'domain/notification/subscription.actions.ts turnOffPush': onOneself({
    endpoint: 'https://fcm.googleapis.com/fcm/send/mine',
  }),
  'domain/notification/subscription.actions.ts turnOnGuestPush': {
    who: 'anyone',
    given: ({ guestTicketId }) => ({
      ticket: signLink({ kind: 'ticket', id: guestTicketId }),
      endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`,
      p256dh: 'p'.repeat(87),
      auth: 'a'.repeat(22),
    }),
  },
  'domain/notification/subscription.actions.ts turnOffGuestPush': {
    who: 'anyone',
    given: ({ guestTicketId }) => ({
      ticket: signLink({ kind: 'ticket', id: guestTicketId }),
      endpoint: 'https://fcm.googleapis.com/fcm/send/mine',
    }),
  },
  'domain/notification/subscription.actions.ts chooseOwnChannel': onOneself({ first: 'PUSH' }),
  'domain/identity/session.actions.ts signOutEverywhere': onOneself(),
  // Another account's session is none of the caller's: nothing happens to it.
  'domain/identity/session.actions.ts signOutDevice': onOneself({ sessionId: randomUUID() }),
  'domain/identity/tablet.actions.ts shareOwnDevice': onOneself(),
  'domain/identity/tablet.actions.ts endOwnSharing': onOneself(),
  'domain/identity/proof.actions.ts checkOwnProof': onOneself(),
  'domain/identity/proof.actions.ts proveOwnPassword': onOneself({ password: DEMO_PASSWORD }),
  'domain/identity/proof.actions.ts askForProofCode': onOneself(),
  'domain/identity/proof.actions.ts proveMailedCode': {
    who: ['diner'],
    given: ({ proofCode }) => ({ code: proofCode }),
    refusal: 'request-unknown',
  },
  'domain/identity/account.actions.ts askForNewAddress': {
    who: everybody,
    // A mailbox gets only a few such mails a day, regardless of who asks.
    given: () => ({ email: `new-${randomUUID()}@bobjool.test` }),
  },
  'domain/identity/account.actions.ts confirmAddressAgain': onOneself(),
  'domain/identity/account.actions.ts changeAddressByLink': {
    // Other tests cover which link works for which account.
    who: [],
    given: () => ({ token: 'not-a-link' }),
    refusal: 'link-unknown',
  },
  'domain/booking/actions.ts deleteOwnAccount': {
    // The only owners left at their restaurants.
    who: everybody.filter((role) => role !== 'owner' && role !== 'otherOwner'),
    given: () => ({ password: DEMO_PASSWORD }),
    refusal: 'last-owner',
  },
  'domain/identity/account.actions.ts disconnectOwnLogin': onOneself({ provider: 'kakao' }),
  'domain/identity/account.actions.ts askForOwnership': {
    who: ['diner', 'stranger', 'floor', 'unapproved', 'staffWhoOwns', 'demoted'],
    given: () => ({}),
    refusal: 'cannot-move',
  },
}
Object.assign(table, people)

/** Read from the source: every export of an actions file is a public endpoint. */
function listExports(): string[] {
  const files = readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /[./\\]actions\.ts$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(DOMAIN, file), 'utf8')
      const names = source.matchAll(/^export (?:const|async function|function) (\w+)/gm)
      return [...names].map(([, name]) => `domain/${file} ${name}`)
    })
    .toSorted()
}

describe('G19: every server action says who may call it', () => {
  let actions: Map<string, Action>
  beforeAll(() => {
    actions = new Map(listActions().map((action) => [action.name, action]))
  })

  const actionOf = (name: string): Action => {
    const action = actions.get(name)
    if (!action) throw new Error(`${name} is exported, but no page of the build offers it`)
    return action
  }
  const call = (asked: {
    name: string
    token?: string | undefined
    given: Record<string, unknown>
    cookie?: string | undefined
    origin?: string | null
  }) => {
    const { name, given, ...rest } = asked
    return callAction({
      url: apps.urlOf(),
      action: actionOf(name),
      given: { locale: 'ko', ...given },
      ...rest,
    })
  }

  test('G19: the table names every action there is, and no other', () => {
    expect(Object.keys(table).toSorted()).toEqual(listExports())
  })

  const entries = Object.entries(table)
  const closed = entries.filter(([, { who }]) => who !== 'anyone')

  test.each(closed)(
    'G19: %s without a session, or with one that was ended, is refused',
    async (name, { given, status }) => {
      const scene = await shareCast({ url: apps.urlOf(), status })
      const before = await fingerprintRows()
      const ended = await signTokenFor(scene.owner, { epoch: -1 })
      for (const token of [undefined, 'not-a-token', ended])
        expect((await call({ name, token, given: given(scene) })).told).toMatchObject({
          reason: 'signed-out',
        })
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test.each(entries)(
    'G19, G20, hard case 20: %s called from another site does nothing',
    async (name, { who, given, status }) => {
      const scene = await shareCast({ url: apps.urlOf(), status })
      const before = await fingerprintRows()
      const token = scene[who === 'anyone' ? 'diner' : (who[0] ?? 'diner')].token
      for (const origin of ['https://evil.example', 'null', null]) {
        const { answer, told } = await call({ name, token, given: given(scene), origin })
        // Next itself refuses a foreign origin; a request without one is refused by our own check.
        if (told) expect(told).toMatchObject({ reason: 'foreign-origin' })
        else expect(answer.status).toBeGreaterThanOrEqual(400)
      }
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test.each(closed)(
    'G19: %s is not there for those whom it does not concern',
    async (name, { who, given, status, refusal = 'not-found' }) => {
      const scene = await shareCast({ url: apps.urlOf(), status })
      const before = await fingerprintRows()
      for (const role of everybody.filter((one) => !who.includes(one))) {
        const { told } = await call({ name, token: scene[role].token, given: given(scene) })
        expect({ role, told }).toMatchObject({ told: { reason: refusal } })
      }
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test.each(entries)(
    'G19, hard case 19: %s takes nothing that it does not know',
    async (name, { who, given, status }) => {
      const scene = await shareCast({ url: apps.urlOf(), status })
      const before = await fingerprintRows()
      const token = scene[who === 'anyone' ? 'diner' : (who[0] ?? 'diner')].token
      const smuggled = { role: 'ADMIN', accountId: scene.admin.id, restaurant_id: 'x' }
      for (const wrong of [{ ...given(scene), ...smuggled }, { locale: 'xx' }, { locale: {} }])
        expect((await call({ name, token, given: wrong })).told).toMatchObject({
          reason: 'invalid',
        })
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  // The last, so that the fingerprints above are of few rows.
  test.each(entries)(
    'G19: %s answers to those whom it concerns',
    async (name, { who, given, requestId, keeps, status, answer }) => {
      // What everybody may do, each does to their own rows: nobody is in another's way.
      const common = who === everybody && (await setUpCast({ url: apps.urlOf(), status }))
      for (const role of who === 'anyone' ? (['diner'] as const) : who) {
        const scene = common || (await setUpCast({ url: apps.urlOf(), status }))
        const id = requestId?.(scene)
        const kept = keeps?.()
        const cookie = kept
          ? `${kept.name}=${kept.value}`
          : id && `${requestCookie}=${signLink({ kind: 'link-request', id })}`
        const { told } = await call({ name, token: scene[role].token, given: given(scene), cookie })
        expect({ role, told }).toMatchObject({ told: answer ? { reason: answer } : { ok: true } })
      }
    },
  )
})
