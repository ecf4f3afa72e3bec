import { describe, expect, it } from 'vitest'
import { readAsEnglish, readAsKorean } from './hangul'
import { matchesName, readWanted, toInitials, toKey } from './search'

const finds = (keyword: string, name: string) => matchesName({ keyword, name })

describe('what people type: Hangul while it is being composed', () => {
  it.each([
    ...[
      'ㄱ',
      '기',
      '김',
      '김ㅅ',
      '김수',
      '김숨',
      '김수미',
      '김수민',
      'ㄳㅁ',
      'ㄱㅅㅁ',
      '김ㅅㅁ',
      'ㄱ수민',
    ],
    ...['수민', '민', '김 수 민', 'rlatnals', 'rlat', 'rta', 'RLA'],
  ])('%s finds 김수민', (keyword) => expect(finds(keyword, '김수민')).toBe(true))

  it.each([
    ['고', '과자'],
    ['과', '과자'],
    ['갑', '값진'],
    ['값', '갑사'],
    ['앉', '안주'],
    ['수민', '수미나'],
    ['닭', '달개비'],
    ['ㅂㅅ', '부산'],
    ['ㅄ', '부산'],
    ['\u1107\u1109', '부산'],
    ['ㄲ', '꽃'],
    ['ㅋㅋ', 'ㅋㅋ식당'],
    ['부어', '부엌'],
    ['cafe', 'Café'],
    ['까페', '까페'.normalize('NFD')],
    ['KIM', 'kim'],
    ['ｋｉｍ', 'Kim'],
    ['tbone', 'T-Bone'],
    ["'", "O'Brien"],
    ['ㄹ갸ㅇ묘', 'Friday'],
  ])('%s finds %s', (keyword, name) => expect(finds(keyword, name)).toBe(true))

  it.each([
    ['ㄱㅁ', '김수민'],
    ['깁', '김수민'],
    ['김수만', '김수민'],
    ['ㄱ', '꽃'],
    ['ㅁ', '김'],
    ['어부', '엌부'],
    ['부엌', '부어'],
    ['sky', '김하늘'],
    ['open', '두부'],
    ['김', 'carla'],
    ['.', '가'],
  ])('%s does not find %s', (keyword, name) => expect(finds(keyword, name)).toBe(false))

  it('nothing visible stands for nothing', () => {
    for (const keyword of ['', ' ', '\u200B', '-']) expect(readWanted(keyword)).toEqual([])
  })

  it('keys are the strokes of a keyboard', () => {
    expect(toKey('김 값-과')).toBe('ㄱㅣㅁㄱㅏㅂㅅㄱㅗㅏ')
    expect(toInitials('금요일의 Bar')).toBe('ㄱㅇㅇㅇbar')
  })
})

describe('what people type: with the other keyboard', () => {
  it.each([
    ['rmadydlf', '금요일'],
    ['RMADYDLF', '금요일'],
    ['akddnjszkfp', '망원카레'],
    ['rhkwk', '과자'],
    ['dkswdk', '앉아'],
    ['dkswn', '안주'],
    ['rkqtk', '갑사'],
    ['rkqt', '값'],
    ['RkR', '깎'],
    ['rlat', '김ㅅ'],
    ['rta', 'ㄱㅅㅁ'],
    ['open', null],
    ['123', null],
  ])('%s is %s', (keys, korean) => expect(readAsKorean(keys)).toBe(korean))

  it('ㄹ갸ㅇ묘 is friday, and a Korean word no English one', () => {
    expect(readAsEnglish('ㄹ갸ㅇ묘')).toBe('friday')
    expect(readAsEnglish('금요일')).toBeNull()
    expect(readAsEnglish('ㄱㅅㅁ')).toBeNull()
  })
})
