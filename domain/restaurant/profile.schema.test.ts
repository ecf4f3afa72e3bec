import { describe, expect, test } from 'vitest'
import { bookingRulesForm, newRestaurant, profileForm } from './profile.schema'
import { picturesForm } from './setup.schema'

const introduction = {
  name: '골목국수',
  nameEn: '',
  category: '국수',
  region: '망원',
  address: '서울 마포구 포은로 1',
  phone: '02-123-4567',
}
const profile = {
  ...introduction,
  description: '',
  descriptionEn: '',
  guestNote: '',
  guestNoteEn: '',
  mapUrl: '',
}
const restaurantId = '3d6f0a52-8f0b-4c1e-9c57-0b6b3f0d7c11'
const parse = (change: object, beside: object = {}) =>
  profileForm.safeParse({ restaurantId, version: 0, profile: { ...profile, ...change }, ...beside })
const wrongFields = (parsed: ReturnType<typeof parse>) =>
  parsed.error?.issues.map(({ path }) => path.join('.'))

describe('an owner’s input', () => {
  test('is kept as meant: emoji, composed letters, no marks that change the reading direction', () => {
    const parsed = parse({
      name: '  국수🍜\u202e집\n ',
      nameEn: ' Noodles ',
      region: '망원'.normalize('NFD'),
      guestNote: '주차\r\n가능',
    })
    expect(parsed.data?.profile).toMatchObject({
      name: '국수🍜집',
      nameEn: 'Noodles',
      region: '망원',
      guestNote: '주차\n가능',
      description: '',
      mapUrl: null,
    })
  })

  test.each([
    { name: '' },
    { name: ' \u202e\n ' },
    { name: '국'.repeat(101) },
    { name: '국'.repeat(10_000) },
    { name: 7 },
    { name: ['a'] },
    { phone: '전화 주세요' },
    { phone: '' },
    { phone: '1'.repeat(40) },
    { description: '가'.repeat(2_001) },
    { guestNote: '가'.repeat(1_001) },
    { mapUrl: 'http://map.example.com' },
    { mapUrl: 'javascript:alert(1)' },
    { mapUrl: 'https://user:secret@map.example.com/' },
    { mapUrl: `https://map.example.com/${'a'.repeat(2_000)}` },
  ])('is refused at its field: %o', (change) => {
    expect(wrongFields(parse(change))).toContain(`profile.${Object.keys(change)[0]}`)
  })

  test('a hundred emoji are a hundred characters, as the database counts them', () => {
    expect(parse({ name: '🍜'.repeat(100) }).success).toBe(true)
    expect(parse({ name: '🍜'.repeat(101) }).success).toBe(false)
  })

  test.each(['02-123-4567', '(02) 123 4567', '0507-1234-5678', '+82 10-1234-5678', '1588-0000'])(
    '%s is a restaurant’s phone',
    (phone) => {
      expect(parse({ phone }).success).toBe(true)
    },
  )

  test.each([
    [{ id: restaurantId }, {}],
    [{ role: 'ADMIN' }, {}],
    [{ published: true }, {}],
    [{ slug: 'mine' }, {}],
    [{}, { ownerId: restaurantId }],
    [{}, { actor: { accountId: restaurantId } }],
  ])('no other field comes in with it: %o %o', (smuggled, beside) => {
    expect(parse(smuggled, beside).success).toBe(false)
  })
})

describe('a slug', () => {
  test.each([
    'restaurants',
    'owner',
    'A',
    '1st',
    'a',
    'a_b',
    '국수',
    'a'.repeat(61),
    '../x',
    'abcdef01-2345-4678-9abc-def012345678',
  ])('%s is refused', (slug) => {
    expect(newRestaurant.safeParse({ ...introduction, slug }).success).toBe(false)
  })
})

describe('booking rules', () => {
  const rules = {
    timeZone: 'Asia/Seoul',
    seatingMinutes: 90,
    dayCutMinutes: 300,
    sameDayOnly: false,
    horizonDays: 14,
    opensMinutes: 600,
    opensDaysBefore: 3,
    confirmWithinMinutes: 10,
    noShowLimit: null,
    noShowMonths: null,
    holdsAfterNoShows: false,
  }
  const parseRules = (change: object) =>
    bookingRulesForm.safeParse({ restaurantId, version: 0, rules: { ...rules, ...change } })

  test.each([
    { timeZone: '+09:00' },
    { timeZone: 'Seoul' },
    { timeZone: `'; DROP TABLE restaurants` },
    { seatingMinutes: 14 },
    { seatingMinutes: 90.5 },
    { seatingMinutes: Number.NaN },
    { dayCutMinutes: 721 },
    { horizonDays: -1 },
    { horizonDays: Number.POSITIVE_INFINITY },
    { opensMinutes: 1_440 },
    { opensDaysBefore: 15 },
    { confirmWithinMinutes: 0 },
    { noShowLimit: 0, noShowMonths: 6 },
    { noShowLimit: 11, noShowMonths: 6 },
    { noShowLimit: 2.5, noShowMonths: 6 },
    { noShowLimit: 3, noShowMonths: 0 },
    { noShowLimit: 3, noShowMonths: 25 },
    { noShowLimit: 3 },
    { noShowMonths: 6 },
    { sameDayOnly: 'yes' },
    { version: -1 },
  ])('refused: %o', (change) => {
    expect(parseRules(change).success).toBe(false)
  })

  test.each([
    { noShowLimit: 1, noShowMonths: 1 },
    { noShowLimit: 10, noShowMonths: 24 },
    { noShowLimit: null, noShowMonths: null },
    { noShowLimit: 3, noShowMonths: 6, holdsAfterNoShows: true },
  ])('no-shows are counted from 1 to 10, over 1 to 24 months, or not at all: %o', (change) => {
    expect(parseRules(change).success).toBe(true)
  })

  test('same-day bookings open on that day', () => {
    expect(parseRules({ sameDayOnly: true }).data?.rules.opensDaysBefore).toBe(0)
    expect(parseRules({ opensMinutes: null }).data?.rules.opensDaysBefore).toBe(0)
  })
})

describe('pictures', () => {
  const parsePictures = (pictures: unknown) =>
    picturesForm.safeParse({ restaurantId, version: 0, pictures })
  const picture = { url: 'https://example.com/a.jpg', alt: '국수' }

  test('at most ten, over https, with alternative text', () => {
    expect(parsePictures(Array(10).fill(picture)).success).toBe(true)
    expect(parsePictures(Array(11).fill(picture)).success).toBe(false)
    for (const wrong of [
      { url: 'http://example.com/a.jpg' },
      { url: 'data:image/png;base64,AAAA' },
      { url: 'https://' },
      { url: 'file:///etc/passwd' },
      { alt: '' },
      { alt: '가'.repeat(201) },
      { position: 3 },
    ])
      expect(parsePictures([{ ...picture, ...wrong }]).success).toBe(false)
  })
})
