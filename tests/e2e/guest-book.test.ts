import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import { addParty, expectAccessible, openOwnBoard, panelOf, rowOf } from '../support/owner-scene'

const database = useDatabase()
const apps = useApps()
const browser = useBrowser()

const ACROSS = { width: 1180, height: 820 }
const UPRIGHT = { width: 820, height: 1180 }

describe('a regular, at the board', () => {
  test.each([
    ['across', ACROSS],
    ['upright', UPRIGHT],
  ])('is written down, tagged, and known by allergy and tag at once: %s', async (_, viewport) => {
    const { scene, page, complaints } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addParty(scene, { slot: '2 ahead', name: '서하린' })
    await rowOf(page, '서하린').getByRole('button', { name: /자세히/ }).click()
    const panel = panelOf(page)
    await panel.getByRole('button', { name: '손님 장부에 적기' }).click()
    await panel.getByText('방문 0번 · 노쇼 0번 · 취소 0번').waitFor()
    await panel.getByRole('button', { name: '고치기', exact: true }).click()
    await panel.getByRole('button', { name: '단골', exact: true }).click()
    await panel.getByLabel('늘 조심할 알레르기').fill('땅콩')
    await panel.getByRole('button', { name: '저장' }).click()
    await panel.getByText('손님이 동의해야 계속 보관할 수 있어요').waitFor()
    await panel.getByLabel('계속 보관해도 된다고 하셨나요?').selectOption('IN_PERSON')
    await expectAccessible(page)
    await panel.getByRole('button', { name: '저장' }).click()
    await panel.getByRole('heading', { name: '알레르기' }).waitFor()
    await rowOf(page, '서하린').getByText('단골').waitFor()
    await rowOf(page, '서하린').getByText('알레르기: 땅콩').waitFor()
    expect(
      await database.query('SELECT allergies, consent_way FROM guest_diets'),
    ).toContainEqual({ allergies: '땅콩', consent_way: 'IN_PERSON' })
    // The refusal that the page told in words.
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([])
  })

  test('is merged with the other entry of theirs and split again, by keyboard, in English', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), path: '/en/owner' })
    await addParty(scene, { slot: '2 ahead', name: 'Kim Minsu' })
    await pool.query(
      `INSERT INTO guests (restaurant_id, name, phone) VALUES ($1, 'Minsu at work', '+8223456780')`,
      [scene.restaurantId],
    )
    await rowOf(page, 'Kim Minsu').waitFor()
    await byKeyboard.press(rowOf(page, 'Kim Minsu').getByRole('button', { name: /details/ }))
    const panel = panelOf(page)
    await byKeyboard.press(panel.getByRole('button', { name: 'Add to the guest book' }))
    await panel.getByText('0 visits').waitFor()
    await byKeyboard.press(panel.getByRole('button', { name: 'Merge', exact: true }))
    await byKeyboard.write(panel.getByLabel('The same person'), 'work')
    await byKeyboard.press(panel.getByRole('button', { name: /^Minsu at work/ }))
    await byKeyboard.press(panel.getByRole('button', { name: 'Merge with Minsu at work' }))
    await panel.getByText('Merged with Minsu at work').waitFor()
    await byKeyboard.press(panel.getByRole('button', { name: 'Split' }))
    await panel.getByText('Merged with Minsu at work').waitFor({ state: 'detached' })
    expect(
      await database.query('SELECT 1 FROM guests WHERE merged_into IS NOT NULL'),
    ).toEqual([])
  })
})
