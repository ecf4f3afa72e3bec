import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { useBrowser } from '../support/browser'
import { createImporter, writeMany } from '../support/guest-import-scene'
import { setUpRestaurant, useApps } from '../support/http-scene'
import { byKeyboard, byPointer, reach } from '../support/keyboard'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

async function openBook(language: '' | '/en') {
  const { restaurantId, owner } = await setUpRestaurant({ tables: [{ maxParty: 2 }] })
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM restaurants WHERE id = $1',
    [restaurantId],
  )
  const path = `${language}/owner/${rows[0]?.slug}/guests`
  const { page } = await openAs({ browser, url: apps.urlOf(), person: owner, path })
  const choose = (text: string) =>
    page
      .locator('input[type=file]:enabled')
      .setInputFiles({ name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const countGuests = async () => {
    const counted = await pool.query('SELECT 1 FROM guests WHERE restaurant_id = $1', [
      restaurantId,
    ])
    return counted.rows.length
  }
  const importer = createImporter({ restaurantId, ownerId: owner.id })
  return { page, choose, countGuests, importer }
}

describe('a guest book from a file', () => {
  test('is judged line by line before anything is written, and imported once the owner agrees', async () => {
    const { page, choose, countGuests } = await openBook('')
    await choose('이름,전화,주소\n김단골,010-2345-6789,서울\n이손님,010,부산\n')
    await page.getByText('확인했어요. 아직 아무것도 바꾸지 않았어요.').waitFor()
    await page.getByText('3번째 줄').waitFor()
    await page.getByText('전화번호: 읽을 수 없는 값이에요').waitFor()
    await page.getByText('쓰지 않는 열: 주소').waitFor()
    await expectAccessible(page)
    expect(await countGuests()).toBe(0)
    await byPointer.press(page.getByRole('button', { name: '가져오기', exact: true }))
    await page.getByText('다 가져왔어요.').waitFor()
    expect(await countGuests()).toBe(1)
  })

  test('a long one shows how far it is, and a file that is none says what to do', async () => {
    const { page, choose, countGuests } = await openBook('/en')
    await reach(page.locator('input[type=file]:enabled'))
    await choose('hello')
    await page.getByText('The first line has to name a column for names').waitFor()
    await choose(writeMany(1_200))
    await page.getByText('Checked. Nothing has been changed yet.').waitFor()
    await page.getByText('1,200').waitFor()
    await byKeyboard.press(page.getByRole('button', { name: 'Import', exact: true }))
    await page.getByText('Import complete.').waitFor()
    expect(await countGuests()).toBe(1_200)
  })

  test('one that runs is shown again after a reload, to its end; one that was checked asks for its file', async () => {
    const { page, importer, countGuests } = await openBook('')
    for (const { isDryRun, shown, end } of [
      { isDryRun: true, shown: '파일을 확인하고 있어요.', end: '확인했어요.' },
      { isDryRun: false, shown: '손님을 가져오고 있어요.', end: '다 가져왔어요.' },
    ]) {
      const { id } = await importer.send(writeMany(1_200), { isDryRun })
      await page.reload()
      await page.getByText(shown).waitFor()
      await page.getByText(/1,?200줄 중 0줄/).waitFor()
      expect(await page.locator('input[type=file]').count()).toBe(0)
      await expectAccessible(page)
      // Its worker has stopped, and the page that watches goes on with it.
      await pool.query(
        `UPDATE guest_imports SET worked_at = now() - interval '1 minute' WHERE id = $1`,
        [id],
      )
      await page.getByText(end).waitFor()
      await page.getByRole('button', { name: '다른 파일 고르기' }).waitFor()
      expect(await page.getByRole('button', { name: '가져오기', exact: true }).count()).toBe(0)
      await page.reload()
      await page.locator('input[type=file]:enabled').waitFor()
    }
    expect(await countGuests()).toBe(1_200)
  })
})
