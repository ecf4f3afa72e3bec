import { beforeEach, describe, expect, test } from 'vitest'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { readAccountExport } from '@/domain/privacy/account-export.queries'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { findInDump, spellPhone } from '../support/dump'
import { newMailbox } from '../support/guest-scene'
import { seatAs } from '../support/line-scene'
import { letDaysPass, sweepOverdue } from '../support/passing-days'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const phone = '+821055512345'
const name = '김하늘바다'
const find = () => findInDump(database, [...spellPhone(phone), name])

async function remember(contact: { phone?: string; email?: string } = { phone }) {
  const door = await setUpDoor()
  const { id } = await takeAtDoor(door, contact, name)
  await seatAs(door.ownerId, id)
  return door
}

describe('G23: a guest who agreed at the door to be remembered', () => {
  test('stays when the ticket’s contact goes, and goes three years after the last visit', async () => {
    const door = await remember()
    await letDaysPass(database, 4)
    await sweepOverdue()
    expect(await find()).toEqual(expect.arrayContaining(['guests.name', 'guests.phone']))
    expect(await find()).not.toContain('tickets.contact_phone')
    await letDaysPass(database, 2 * 365)
    const { id } = await takeAtDoor(door, { phone }, name)
    await seatAs(door.ownerId, id)
    await letDaysPass(database, 3 * 365 - 10)
    await sweepOverdue()
    expect(await find(), 'counted from the last visit').toContain('guests.phone')
    await letDaysPass(database, 20)
    await sweepOverdue()
    expect(await find()).toEqual([])
    expect(await database.query('SELECT guest_id AS id FROM tickets')).toEqual([
      { id: null },
      { id: null },
    ])
  })

  test('is in the copy of the account that has confirmed the address, and goes with it', async () => {
    const email = newMailbox()
    const account = await createAccount(pool, { email })
    await remember({ email })
    expect(await readAccountExport(account.id)).toMatchObject({
      guestEntries: [{ name, email, rememberedWay: 'KIOSK', rememberedAt: expect.any(String) }],
      tickets: [{ contactEmail: email, status: 'SEATED' }],
    })
    const proof = { password: 'bobjool-demo' }
    expect(await deleteAccount({ accountId: account.id, email, proof })).toMatchObject({ ok: true })
    expect(await findInDump(database, [name])).toEqual([])
    expect(await database.query('SELECT guest_id AS id FROM tickets')).toEqual([{ id: null }])
    expect(
      await database.query(
        `SELECT details -> 'tickets' -> 0 -> 'number' AS number FROM audit_events WHERE act = 'ASK_ERASURE'`,
      ),
    ).toEqual([{ number: 1 }])
  })
})
