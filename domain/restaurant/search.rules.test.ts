import { describe, expect, it } from 'vitest'
import { readKeyword } from './search.rules'

describe('a keyword', () => {
  it('that is empty searches for nothing', () => {
    expect(readKeyword({})).toMatchObject({ found: null, near: null, inNames: [] })
    expect(readKeyword({ keyword: ' -\u200B' })).toMatchObject({ found: null, near: null })
  })

  it('is quoted, whatever its characters mean to the search', () => {
    expect(readKeyword({ keyword: "o'c" }).found).toContain("'o''c':*")
    expect(readKeyword({ keyword: 'a\\' }).found).toContain("'a\\\\':*")
    expect(readKeyword({ keyword: '%' }).atStart).toBe('\\%%')
  })

  it('also stands for Korean words whose translation contains it, of three letters and more', () => {
    const translations = { 국수: 'Noodles' }
    expect(readKeyword({ keyword: 'noodle', translations }).found).toContain("'ㄱㅜㄱㅅㅜ':*")
    expect(readKeyword({ keyword: 'no', translations }).found).not.toContain('ㄱㅜㄱㅅㅜ')
  })

  it('may have an error or two when it is long enough', () => {
    const errors = ['국수', '골목국수', '금욜의부엌', 'friday'].map(
      (keyword) => readKeyword({ keyword }).errors,
    )
    expect(errors).toEqual([1, 2, 2, 1])
    expect(readKeyword({ keyword: '뜰' })).toMatchObject({ errors: 0, near: null })
  })

  it('has a search of bounded size, however long it is', () => {
    const long = readKeyword({ keyword: '가나다라마바사아자차카타 '.repeat(5).slice(0, 60) })
    expect(long.found?.length).toBeLessThan(20_000)
  })
})
