import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { queueDaySheets } from '@/domain/booking/day-sheet.commands'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { askToChangeAddress, changeAddress } from '@/domain/identity/account.commands'
import { requestLink } from '@/domain/identity/link-request.commands'
import { signUp } from '@/domain/identity/sign-up.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { inviteStaff, revokeInvitation } from '@/domain/restaurant/invitation.commands'
import { approveOwner, refuseOwner } from '@/domain/restaurant/owner-approval.commands'
import { composeNotice } from '@/emails/notice-mails'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  createStaff,
  DEMO_PASSWORD,
} from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { setUpDoor, takeAtDoor } from '@/tests/support/door-scene'
import { useInbox } from '@/tests/support/inbox'
import { ask } from '@/tests/support/link-requests'
import { queueConfirmed } from '@/tests/support/notices'
import { AGREED } from '../support/agreement'
import { holdSession } from '../support/session-scene'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
})

const NEW = 'moved@bobjool.test'
const change = (accountId: string, email: string) =>
  database.query('UPDATE accounts SET email = $2 WHERE id = $1', [accountId, email])
const unconfirm = (accountId: string) =>
  database.query('UPDATE accounts SET email_confirmed_at = NULL WHERE id = $1', [accountId])
const listDropped = () =>
  database.query(`SELECT kind, dropped_because AS because FROM notices WHERE state = 'DROPPED'`)

async function askAsAdmin() {
  const admin = await createAccount(pool, { role: 'ADMIN' })
  return { accountId: admin.id, address: null }
}

/** A time zone where it is now between about 8:30 and 9:30 in the morning. */
function zoneOfMorning(): string {
  const hours = (9 - new Date().getUTCHours() + 24) % 24
  const east = hours > 12 ? hours - 24 : hours
  return `Etc/GMT${east >= 0 ? '-' : '+'}${Math.abs(east)}`
}

/** A restaurant with two owners and one guest, its day sheets queued. */
async function queueSheets() {
  const [owner, other] = [
    await createAccount(pool, { role: 'OWNER', email: 'one@bobjool.test' }),
    await createAccount(pool, { role: 'OWNER', email: 'two@bobjool.test' }),
  ]
  const restaurant = await createRestaurant(pool, { timeZone: zoneOfMorning(), ownerId: owner.id })
  await createStaff(pool, { restaurantId: restaurant.id, accountId: other.id })
  const diner = await createAccount(pool, { name: '김하늘' })
  const slot = await createSlot(pool, { restaurantId: restaurant.id })
  await createReservation(pool, { slotId: slot.id, dinerId: diner.id })
  expect(await queueDaySheets()).toEqual({ queued: 2 })
  return { owner, other, diner, restaurant }
}

describe('a day sheet', () => {
  it('goes to the owner’s new address with the guests’ and the restaurant’s names of now', async () => {
    const { owner, diner, restaurant } = await queueSheets()
    await change(owner.id, NEW)
    await database.query(`UPDATE accounts SET name = '박바다' WHERE id = $1`, [diner.id])
    await database.query(`UPDATE restaurants SET name = '이사한집' WHERE id = $1`, [restaurant.id])
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
    const [sheet] = inbox.listMails(NEW)
    expect(sheet?.subject).toContain('이사한집')
    expect(sheet?.text).toContain('박바다 2명')
    expect(sheet?.text).not.toContain('김하늘')
  })

  it('is sent once to each of two owners, one of whom has taken the other’s former address', async () => {
    const { owner, other } = await queueSheets()
    await change(other.id, NEW)
    await change(owner.id, 'two@bobjool.test')
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
    const recipients = inbox.listMails().map((mail) => mail.recipients.join())
    expect(recipients.toSorted()).toEqual([NEW, 'two@bobjool.test'])
  })

  it.each([
    ['who has left the restaurant', 'DELETE FROM restaurant_staff WHERE account_id = $1'],
    ['who is staff by now', `UPDATE restaurant_staff SET role = 'STAFF' WHERE account_id = $1`],
    [
      'who wants none by now',
      'UPDATE restaurant_staff SET wants_day_sheet = false WHERE account_id = $1',
    ],
    ['whose approval is gone', 'UPDATE accounts SET owner_approved_at = NULL WHERE id = $1'],
  ])('is not sent to an owner %s', async (_, sql) => {
    const { owner } = await queueSheets()
    await database.query(sql, [owner.id])
    expect(await drainOutbox()).toMatchObject({ sent: 1, dropped: 1 })
    expect(inbox.listMails(owner.email)).toEqual([])
    expect(await listDropped()).toEqual([{ kind: 'DAY_SHEET', because: 'no_reader' }])
  })
})

describe('staff notices', () => {
  it('about an owner’s approval follow the owner', async () => {
    const actor = await askAsAdmin()
    const owner = await createAccount(pool, {
      role: 'OWNER',
      ownerApprovedAt: null,
      name: '박셰프',
    })
    await approveOwner({ accountId: owner.id, seen: 'WAITING', actor })
    await change(owner.id, NEW)
    await database.query(`UPDATE accounts SET name = '최셰프' WHERE id = $1`, [owner.id])
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(NEW)[0]?.text).toContain('최셰프 사장님')
  })

  async function invite() {
    const owner = await createAccount(pool, { role: 'OWNER', name: '박셰프' })
    const { id: restaurantId } = await createRestaurant(pool, { ownerId: owner.id })
    const actor = { accountId: owner.id, address: null }
    const wish = { email: 'cook@bobjool.test', role: 'STAFF', locale: 'ko' } as const
    expect(await inviteStaff({ restaurantId, actor, ...wish })).toMatchObject({ ok: true })
    return { owner, restaurantId, actor }
  }

  it('that invite stay with the invited address, in the language of its account, with the names of now', async () => {
    const { owner, restaurantId } = await invite()
    await createAccount(pool, { email: 'cook@bobjool.test', locale: 'en' })
    await database.query(`UPDATE restaurants SET name_en = 'Moved Table' WHERE id = $1`, [
      restaurantId,
    ])
    await database.query(`UPDATE accounts SET name = '최셰프' WHERE id = $1`, [owner.id])
    await drainOutbox()
    const [mail] = inbox.listMails('cook@bobjool.test')
    expect(mail?.subject).toBe('Join Moved Table on Bobjool')
    expect(mail?.text).toContain('최셰프 invites you')
  })

  it('that invite are not sent once the invitation is revoked', async () => {
    const { restaurantId, actor } = await invite()
    const [invitation] = await database.query<{ id: string }>('SELECT id FROM staff_invitations')
    await revokeInvitation({ restaurantId, actor, invitationId: invitation?.id ?? '' })
    expect(await drainOutbox()).toMatchObject({ sent: 0, dropped: 1 })
  })
})

describe('what belongs to a mailbox', () => {
  it('stays there: a warning that the address was changed goes to the old one only', async () => {
    const { id: accountId, email: old } = await createAccount(pool)
    const own = { ...(await holdSession(accountId)), address: null }
    await askToChangeAddress({ ...own, email: NEW })
    const [link] = await database.query<{ id: string }>('SELECT id FROM account_links')
    const token = signLink({ kind: 'account', id: link?.id ?? '' })
    expect(await changeAddress({ ...own, token })).toMatchObject({ ok: true })
    await drainOutbox()
    expect(inbox.listMails(old).map(({ subject }) => subject)).toEqual(['이메일 주소가 바뀌었어요'])
  })

  it('is not told where a person is now, if it never was theirs', async () => {
    const { id: accountId, email: mistyped } = await createAccount(pool)
    await unconfirm(accountId)
    const own = { ...(await holdSession(accountId)), address: null }
    await askToChangeAddress({ ...own, email: NEW })
    const [link] = await database.query<{ id: string }>('SELECT id FROM account_links')
    const token = signLink({ kind: 'account', id: link?.id ?? '' })
    expect(await changeAddress({ ...own, token })).toMatchObject({ ok: true })
    await drainOutbox()
    expect(inbox.listMails(mistyped)).toEqual([])
  })

  it.each(['SIGN_IN', 'RESET_PASSWORD'] as const)(
    'is not sent once it is nobody’s: a link (%s) that ended with its address',
    async (purpose) => {
      const { id, email } = await createAccount(pool)
      await requestLink({ email, purpose, asking: ask(), address: null })
      await change(id, NEW)
      expect(await drainOutbox()).toMatchObject({ sent: 0, dropped: 1 })
      expect(inbox.listMails()).toEqual([])
    },
  )

  it('is not sent to the address of a deleted account', async () => {
    const { accountId, recipient } = await queueConfirmed(pool)
    const proof = { password: DEMO_PASSWORD }
    expect(await deleteAccount({ accountId, email: recipient, proof })).toMatchObject({ ok: true })
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(inbox.listMails()).toEqual([])
  })
})

describe('names of people who have not confirmed their address are in no mail', () => {
  const EVIL = '무료쿠폰 evil.test'
  const everyPart = () =>
    inbox
      .listMails()
      .flatMap(({ subject, text, html, from, raw }) => [
        subject,
        text,
        html,
        from ?? '',
        raw.toString('utf8'),
      ])
  const expectSilence = () => {
    expect(inbox.listMails().length).toBeGreaterThan(0)
    for (const part of everyPart()) expect(part).not.toMatch(/무료쿠폰|evil/)
  }

  it.each(['ko', 'en'] as const)(
    'of those who sign up, in no part of the mail (%s)',
    async (locale) => {
      const person = { name: EVIL, email: 'victim@bobjool.test', password: 'a long enough one' }
      await signUp({
        ...person,
        phone: undefined,
        wants: 'DINER',
        ...AGREED,
        locale,
        asking: ask(),
        address: null,
      })
      expect(await drainOutbox()).toMatchObject({ sent: 1 })
      // Again, from the sign-in page.
      await requestLink({ email: person.email, purpose: 'SIGN_IN', asking: ask(), address: null })
      await requestLink({
        email: person.email,
        purpose: 'RESET_PASSWORD',
        asking: ask(),
        address: null,
      })
      expect(await drainOutbox()).toMatchObject({ sent: 2 })
      expectSilence()
    },
  )

  it('of those who ask to be owners and are refused', async () => {
    const actor = await askAsAdmin()
    const owner = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null, name: EVIL })
    await unconfirm(owner.id)
    await refuseOwner({ accountId: owner.id, reason: '확인할 수 없어요.', actor })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expectSilence()
  })

  it('nor their other words, of diners and of guests on a day sheet', async () => {
    const said = { dinerName: EVIL, note: EVIL, allergies: EVIL }
    const { accountId } = await queueConfirmed(pool, said)
    await unconfirm(accountId)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const { diner } = await queueSheets()
    await database.query('UPDATE accounts SET name = $1 WHERE id = $2', [EVIL, diner.id])
    await unconfirm(diner.id)
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
    expectSilence()
  })

  it('of inviters', async () => {
    const owner = await createAccount(pool, { role: 'OWNER', name: EVIL })
    const { id: restaurantId } = await createRestaurant(pool, { ownerId: owner.id })
    const wish = { email: 'cook@bobjool.test', role: 'STAFF', locale: 'ko' } as const
    await inviteStaff({ restaurantId, actor: { accountId: owner.id, address: null }, ...wish })
    await unconfirm(owner.id)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expectSilence()
  })

  it('and a kiosk’s name is in none to an address left at it', async () => {
    const door = await setUpDoor()
    await database.query('UPDATE kiosks SET name = $1', [EVIL])
    await takeAtDoor(door, { email: 'stranger@bobjool.test' })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expectSilence()
  })

  it.each(['ko', 'en'] as const)(
    'and without a name the sentences are whole (%s)',
    async (locale) => {
      const { samples } = await import('@/emails/samples')
      for (const kind of [
        'RESERVATION_HELD',
        'RESERVATION_CONFIRMED',
        'RESERVATION_TOMORROW',
        'RESERVATION_SOON',
        'OWNER_REFUSED',
        'OWNER_APPROVED',
        'OWNER_WITHDRAWN',
        'STAFF_INVITED',
        'CONFIRM_ADDRESS',
      ] as const) {
        const nameless = { dinerName: null, accountName: null, inviterName: null }
        const composed = await composeNotice({
          kind,
          locale,
          payload: { ...samples[kind], ...nameless },
          queuedAt: new Date('2026-12-03T09:00:00Z'),
          appUrl: 'https://bobjool.example',
          sender: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
          sealLink: () => 'sealed',
        })
        expect(composed).toMatchObject({ ok: true })
        if (composed.ok)
          expect(composed.mail.text).not.toMatch(/null|undefined|\n님|\n,|^\s*we |^your /m)
      }
    },
  )
})
