import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { createPerson, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard, byPointer } from '../support/keyboard'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()
const database = useDatabase()
beforeEach(() => database.truncateAll())

const journeys = [
  {
    language: 'Korean',
    hand: byPointer,
    prefix: '',
    words: {
      open: '식당 열기',
      name: '식당 이름',
      nameEn: /영어 이름/,
      category: '음식 종류',
      next: '다음',
      region: '지역',
      address: '주소',
      phone: '전화번호',
      create: '식당 만들기',
      show: '손님에게 보이기',
      anyway: '그래도 공개하기',
      profile: '식당 정보',
      description: '소개',
      save: '저장',
      saved: '저장했어요.',
      staff: '직원',
      email: '이메일',
      send: '초대 메일 보내기',
      sent: /보냈어요/,
      accept: '수락하기',
      accepted: '함께 일하게 됐어요.',
      other: '다른 주소로 로그인',
      board: '현황판 열기',
      heading: /에서 초대했어요/,
    },
  },
  {
    language: 'English, by keyboard alone',
    hand: byKeyboard,
    prefix: '/en',
    words: {
      open: 'Open a restaurant',
      name: 'Name in Korean',
      nameEn: /Name in English/,
      category: 'Kind of food',
      next: 'Next',
      region: 'Area',
      address: 'Address',
      phone: 'Phone',
      create: 'Create restaurant',
      show: 'Show to guests',
      anyway: 'Publish anyway',
      profile: 'Profile',
      description: 'Description in Korean',
      save: 'Save',
      saved: 'Saved.',
      staff: 'Staff',
      email: 'Email',
      send: 'Send invitation',
      sent: /on its way/,
      accept: 'Accept',
      accepted: 'You work here now.',
      other: 'Sign in with another address',
      board: 'Open the board',
      heading: /^Join/,
    },
  },
]

/** Types into the focused field, then moves on to the next one. */
async function typeOn(page: Page, text: string) {
  await page.keyboard.type(text)
  await page.keyboard.press('Tab')
}

describe('an owner’s first day', () => {
  test.each(journeys)(
    'in $language: opened, described, published, found; staff invited by mail sees the board only',
    async ({ prefix, words, hand }) => {
      const owner = await createPerson({ role: 'OWNER', name: '한도윤' })
      const url = apps.urlOf()
      const { page, complaints } = await openAs({
        browser,
        url,
        person: owner,
        path: `${prefix}/owner`,
      })
      await hand.press(page.getByRole('link', { name: words.open }))

      // By keyboard alone, in both languages.
      await byKeyboard.reach(page.getByLabel(words.name, { exact: true }))
      await typeOn(page, '골목국수')
      await typeOn(page, 'Alley Noodles')
      await page.keyboard.type('국수')
      await page.keyboard.press('Enter')
      await page.getByLabel(words.region, { exact: true }).waitFor()
      await page.keyboard.press('Tab')
      await typeOn(page, '망원')
      await typeOn(page, '서울 마포구 포은로 1')
      await page.keyboard.type('전화 주세요')
      await page.keyboard.press('Enter')
      expect(await page.locator('input[name=slug]').inputValue()).toBe('alley-noodles')
      await hand.press(page.getByRole('button', { name: words.create }))
      // The server refuses the phone number: focus is back at its field, and no input is lost.
      await page.locator('input[name=phone][aria-invalid]').waitFor()
      expect(await page.locator('input[name=address]').inputValue()).toBe('서울 마포구 포은로 1')
      await hand.write(page.locator('input[name=phone]'), '02 123 4567')
      await page.keyboard.press('Enter')
      await hand.press(page.getByRole('button', { name: words.create }))
      await page.waitForURL(`**${prefix}/owner/alley-noodles`)

      const page404 = await fetch(`${url}/restaurants/alley-noodles`)
      expect(page404.status).toBe(404)

      await hand.press(page.getByRole('link', { name: words.profile, exact: true }))
      const description = page.getByLabel(words.description, { exact: true })
      await hand.write(description, '멸치로 낸 국물이에요. 🍜')
      await hand.press(page.getByRole('button', { name: words.save, exact: true }).first())
      await page.getByText(words.saved).waitFor()
      await expectAccessible(page)

      await page.goto(`${url}${prefix}/owner/alley-noodles`)
      await hand.press(page.getByRole('switch', { name: words.show }), 'Space')
      await hand.press(page.getByRole('dialog').getByRole('button', { name: words.anyway }))
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await page.locator('[role=switch][aria-checked=true]').nth(1).waitFor()
      const listed = await fetch(
        `${url}/api/v1/restaurants?keyword=${encodeURIComponent('골목국수')}`,
      )
      expect(await listed.json()).toMatchObject({ items: [{ slug: 'alley-noodles' }] })

      const invited = await createPerson({ name: '이직원' })
      await hand.press(page.getByRole('link', { name: words.staff, exact: true }))
      await hand.write(page.getByLabel(words.email, { exact: true }), invited.email)
      await hand.press(page.getByRole('button', { name: words.send }))
      await page.getByText(words.sent).waitFor()
      await expectAccessible(page)
      const mail = await inbox.waitForMail({ recipient: invited.email })
      const path = /\/invitations\/[\w-]+/.exec(mail.text)?.[0] ?? ''
      expect(path).not.toBe('')

      // Another account with the link can't use it.
      const stranger = await createPerson()
      const other = await openAs({ browser, url, person: stranger, path: `${prefix}${path}` })
      await other.page.getByRole('heading', { name: words.heading }).waitFor()
      expect(await other.page.getByRole('button', { name: words.accept }).count()).toBe(0)
      expect(await other.page.content()).not.toContain(invited.email)
      await hand.press(other.page.getByRole('button', { name: words.other }))
      await other.page.waitForURL(`**${prefix}/sign-in?callbackUrl=*`)

      const floor = await openAs({ browser, url, person: invited, path: `${prefix}${path}` })
      await hand.press(floor.page.getByRole('button', { name: words.accept }))
      await floor.page.getByText(words.accepted).waitFor()
      await hand.press(floor.page.getByRole('link', { name: words.board }))
      await floor.page.waitForURL('**/owner?restaurant=alley-noodles')
      for (const closed of [
        '',
        '/profile',
        '/staff',
        '/hours',
        '/tables',
        '/areas',
        '/floor-plan',
        '/schedule',
      ]) {
        const answer = await floor.page.goto(`${url}${prefix}/owner/alley-noodles${closed}`)
        expect({ closed, status: answer?.status() }).toEqual({ closed, status: 404 })
      }
      expect(complaints.filter((said) => !/404/.test(said))).toEqual([])
    },
  )
})

describe('two owners editing one form', () => {
  test('both values are shown, no input is lost, and separate forms don’t affect each other', async () => {
    const owner = await createPerson({ role: 'OWNER' })
    const { id, slug } = await createRestaurant(pool, { ownerId: owner.id })
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person: owner,
      path: `/owner/${slug}/profile`,
    })
    await page.locator('input[name=name]').fill('내 이름')
    await database.query(
      `UPDATE restaurants SET name = '그쪽 이름', region = '연남', version = version + 1 WHERE id = $1`,
      [id],
    )
    const save = page.getByRole('button', { name: '저장', exact: true })
    await save.first().click()
    await page.getByText('그쪽 이름').waitFor()
    expect(await page.locator('input[name=name]').inputValue()).toBe('내 이름')
    expect(await page.locator('input[name=region]').inputValue()).toBe('연남')
    await expectAccessible(page)
    await page.getByRole('button', { name: '식당 이름: 이 값으로 바꾸기' }).click()
    await save.first().click()
    await page.getByText('저장했어요.').waitFor()
    // The rules were loaded with the previous version; nobody has edited them.
    await page.locator('input[name=seatingMinutes]').fill('100')
    await save.last().click()
    await page.getByText('저장했어요.').nth(1).waitFor()
    const [row] = await database.query(
      'SELECT name, region, seating_minutes FROM restaurants WHERE id = $1',
      [id],
    )
    expect(row).toEqual({ name: '그쪽 이름', region: '연남', seating_minutes: 100 })
  })

  test('a picture that can’t be loaded says so, and no script requests its address', async () => {
    const owner = await createPerson({ role: 'OWNER' })
    const { slug } = await createRestaurant(pool, { ownerId: owner.id })
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person: owner,
      path: `/owner/${slug}/profile`,
      prepare: (fresh) => fresh.route('https://pictures.test/**', (route) => route.abort()),
    })
    await page.getByRole('button', { name: '사진 추가' }).click()
    await page.keyboard.type('https://pictures.test/gone.jpg')
    await page.getByText('이 주소에서 사진을 불러오지 못했어요.').waitFor()
    const policy = (await page.reload())?.headers()['content-security-policy'] ?? ''
    expect(policy).toMatch(/img-src [^;]*https:/)
    expect(policy).not.toMatch(/script-src [^;]*https:/)
  })
})
