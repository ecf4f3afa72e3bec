import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import en from '@/messages/en/line.json'
import ko from '@/messages/ko/line.json'
import { WaitWord } from './wait-word'

const say = (words: (typeof ko)['wait'], waiting: number, quote = false) =>
  renderToStaticMarkup(
    <WaitWord
      quote={quote ? { fromMinutes: 10, toMinutes: 20 } : null}
      waiting={waiting}
      words={words}
    />,
  ).replace(/<[^>]+>/g, '')

describe('words: the expected wait', () => {
  it('is none where nobody waits', () => {
    expect(say(ko.wait, 0)).toBe('바로 입장할 수 있어요')
    expect(say(en.wait, 0)).toBe('Walk right in')
  })

  it('is being worked out while parties wait and there is no history', () => {
    expect(say(ko.wait, 1)).toBe('아직 계산하고 있어요')
    expect(say(en.wait, 1)).toBe('Estimating')
  })

  it('is a range as soon as there is one', () => {
    expect(say(ko.wait, 3, true)).toBe('10~20분')
    expect(say(en.wait, 0, true)).toBe('10–20 min')
  })
})
