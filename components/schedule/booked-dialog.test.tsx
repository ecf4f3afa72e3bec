import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import words from '@/messages/ko/schedule.json'
import { BookedDialog, findUsualReason } from './booked-dialog'

const show = (reason: string) =>
  renderToStaticMarkup(
    <BookedDialog
      {...{ date: '2026-09-14', parties: [], reason, locale: 'ko', words, isRunning: false }}
      restaurant={{ slug: 'bab', timeZone: 'Asia/Seoul' }}
      onReason={() => {}}
      onCancel={() => {}}
      onKeep={() => {}}
      onClose={() => {}}
    />,
  )

it('says that it takes a reason to cancel a date’s parties, until there is one', () => {
  expect(show(' ')).toContain('취소하려면 손님에게 알릴 이유를 적어 주세요.')
  expect(show('사정이 생겼어요')).not.toContain('취소하려면')
})

it('offers the usual reasons of a whole date, and marks the chosen one', () => {
  const shown = show('재료가 떨어졌어요')
  expect(shown).toMatch(/aria-pressed="true"[^>]*>재료가 떨어졌어요</)
  expect(shown).toMatch(/aria-pressed="false"[^>]*>사정이 생겨 문을 열지 못해요</)
  expect(shown).not.toContain('손님이 전화로')
})

it('sends a usual reason as such, and other words as they stand', () => {
  expect(findUsualReason({ reason: ' 재료가 떨어졌어요 ', locale: 'ko' })).toBe('SOLD_OUT')
  expect(findUsualReason({ reason: 'We can’t open that day', locale: 'en' })).toBe('CLOSED')
  expect(findUsualReason({ reason: '단수', locale: 'ko' })).toBeUndefined()
})
