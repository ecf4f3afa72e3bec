import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import words from '@/messages/ko/schedule.json'
import { BookedDialog } from './booked-dialog'

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
