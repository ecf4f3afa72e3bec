import { expect, test } from 'vitest'
import { loadMessages } from '@/lib/i18n/messages'
import { useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import {
  actOn,
  addTables,
  approve,
  type Evening,
  findAndBook,
  followMail,
  letTimePass,
  makeSchedule,
  openRestaurant,
  publish,
  setHours,
  signUpAsOwner,
} from '../support/first-evening'
import { createPerson, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard, byPointer } from '../support/keyboard'
import { openAs, readStatus, rowOf } from '../support/owner-scene'
import { TIME_ZONE } from '../support/time-zone'

const apps = useApps()
const browser = useBrowser()
const database = useDatabase()
const inbox = useInbox()

const ways = [
  { how: 'in Korean', locale: 'ko', prefix: '', hand: byPointer },
  { how: 'in English, by keyboard alone', locale: 'en', prefix: '/en', hand: byKeyboard },
] as const

test.each(ways)(
  '$how: from signing up as an owner to the first party that has left',
  async ({ locale, prefix, hand }) => {
    const url = apps.urlOf()
    const words = await loadMessages(locale)
    const evening: Evening = { hand, words, prefix, url, inbox }
    const slug = `first-evening-${locale}`
    const email = `first-${locale}@bobjool.test`
    const browserLocale = locale === 'ko' ? 'ko-KR' : 'en-US'
    const open = async (person: Parameters<typeof openAs>[0]['person'], path: string) => {
      const opened = await openAs({ browser, url, person, path, locale: browserLocale })
      await opened.page.emulateMedia({ reducedMotion: 'reduce' })
      return opened
    }

    const { page, complaints } = await open(null, `${prefix}/sign-up`)
    await signUpAsOwner(page, evening, email)
    const admin = await open(await createPerson({ role: 'ADMIN' }), `${prefix}/admin`)
    await approve(admin.page, evening)
    const subject = locale === 'ko' ? /승인/ : /approved/i
    await followMail(page, {
      evening,
      recipient: email,
      subject,
      path: /(\/en)?\/owner\/[\w/]+/,
    })

    await openRestaurant(page, evening, slug)
    await database.query('UPDATE restaurants SET time_zone = $2 WHERE slug = $1', [slug, TIME_ZONE])
    await addTables(page, evening)
    await setHours(page, evening)
    await makeSchedule(page, evening)
    await publish(page, evening)
    await page.goto(`${url}${prefix}/owner?restaurant=${slug}`)
    await page.getByRole('grid').waitFor()
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))

    const name = locale === 'ko' ? '정다움' : 'Emma Park'
    const diner = await createPerson({ name, locale })
    const guest = await open(diner, prefix || '/')
    await findAndBook(
      guest.page,
      evening,
      locale === 'ko' ? '첫날 식당' : slug.replaceAll('-', ' '),
    )
    const mail = await inbox.waitForMail({ recipient: diner.email })
    expect(mail.attachments.some(({ fileName }) => fileName.endsWith('.ics'))).toBe(true)
    await rowOf(page, name).waitFor()

    await letTimePass(database, slug)
    const [reservation] = await database.query<{ id: string }>(
      'SELECT id FROM reservations WHERE diner_id = $1',
      [diner.id],
    )
    const acts = ['NO_SHOW', 'CORRECT_NO_SHOW', 'SEAT', 'LEAVE'] as const
    for (const act of acts) {
      await actOn(page, evening, { name, act })
      const after = {
        NO_SHOW: 'NO_SHOW',
        CORRECT_NO_SHOW: 'CONFIRMED',
        SEAT: 'SEATED',
        LEAVE: 'LEFT',
      }
      expect(await readStatus(reservation?.id ?? '')).toBe(after[act])
    }
    expect(await page.evaluate(() => 'isSamePage' in window), 'never reloaded').toBe(true)
    expect([...complaints, ...admin.complaints, ...guest.complaints]).toEqual([])
  },
)
