import { describe, expect, test } from 'vitest'
import { isDoubtful } from './known.rules'

const mine = 'mine@bobjool.test'
const other = 'other@bobjool.test'

describe('a phone that finds a guest', () => {
  test.each([
    ['another address', mine, other, '김단골', false, true],
    ['the same address, the name said otherwise', mine, mine, '단골', true, false],
    ['no address, the same name', mine, null, '김단골', true, false],
    ['no address, the name typed otherwise', mine, null, ' 김 단골', true, false],
    ['no address, another name, and a mail is to go out', mine, null, '이손님', true, true],
    ['no address, another name, and nobody is mailed', mine, null, '이손님', false, false],
    ['the first address, the same name', null, other, '김단골', true, false],
    ['the first address, another name', null, other, '이손님', false, true],
    ['none known, none given, another name', null, null, '이손님', true, false],
  ])('%s', (_, known, email, name, tells, doubtful) => {
    expect(
      isDoubtful({ known: { name: '김단골', email: known }, given: { name, email }, tells }),
    ).toBe(doubtful)
  })
})
