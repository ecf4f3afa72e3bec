import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { bookingRequest, note } from '@/domain/booking/schema'
import { reason, searchWord } from '@/domain/identity/admin.schema'
import { email, personName } from '@/domain/identity/schema'
import { kioskForm } from '@/domain/line/kiosk.schema'
import { cancelRequest } from '@/domain/line/schema'
import { cancellation } from '@/domain/opening/plan.schema'
import { newRestaurant, profileFields } from '@/domain/restaurant/profile.schema'
import { restaurantListQuery } from '@/domain/restaurant/schema'
import { slackForm } from '@/domain/restaurant/settings.schema'
import { dateToClose } from '@/domain/schedule/closure.schema'

/** Every field in which a person types words, and the most characters it takes. */
const fields: [name: string, field: z.ZodType, most: number][] = [
  ['a person’s name', personName, 50],
  ['a keyword of restaurants', restaurantListQuery.shape.keyword, 60],
  ['a category', restaurantListQuery.shape.category, 60],
  ['a region', restaurantListQuery.shape.region, 60],
  ['a keyword of admins', searchWord, 200],
  ['an admin’s reason', reason, 500],
  ['a note', note, 500],
  ['allergies', bookingRequest.shape.allergies, 200],
  ['a reason of the line', cancelRequest.shape.reason, 200],
  ['a closure’s reason', dateToClose.shape.reason, 100],
  ['a cancelled opening’s reason', cancellation.shape.reason, 200],
  ['a kiosk’s name', kioskForm.shape.name, 50],
  ['a restaurant’s name', profileFields.shape.name, 100],
  ['its name in English', profileFields.shape.nameEn, 100],
  ['its region', profileFields.shape.region, 30],
  ['its category', profileFields.shape.category, 30],
  ['its address', profileFields.shape.address, 200],
  ['its description', profileFields.shape.description, 2_000],
  ['its note to guests', profileFields.shape.guestNote, 1_000],
]

describe.each(fields)('what people type: %s', (_, field, most) => {
  test('is composed before its length is counted', () => {
    for (const length of [21, most])
      expect(field.parse('닭'.repeat(length).normalize('NFD'))).toBe('닭'.repeat(length))
    expect(field.safeParse('닭'.repeat(most + 1)).success).toBe(false)
    expect(field.safeParse('🍜'.repeat(most)).success).toBe(true)
  })

  test('loses invisible marks and odd spaces that were pasted along', () => {
    expect(field.parse('\uFEFF\u00A0김\u200B민\u00AD수\u200E\u3000둘\u202F')).toBe('김민수 둘')
  })

  test.each(['\u202E', '\u3164', '\u200B \u3000'])('that shows nothing is empty: %j', (typed) => {
    const empty = field.safeParse('')
    expect(field.safeParse(typed)).toEqual(
      empty.success ? empty : expect.objectContaining({ success: false }),
    )
  })
})

describe('what people type: words of Latin letters', () => {
  test('are of one width, and an address or a slug is read without marks', () => {
    expect(personName.parse('ＫＩＭ　３')).toBe('KIM 3')
    expect(restaurantListQuery.parse({ keyword: 'ｆｒｉｄａｙ' }).keyword).toBe('friday')
    expect(profileFields.shape.name.parse('Ｂａｒ–７')).toBe('Bar-7')
    expect(email.parse('\u200EＨａｎｅｕｌ＠ｅｘａｍｐｌｅ．ｃｏｍ\u00A0')).toBe(
      'haneul@example.com',
    )
    expect(newRestaurant.shape.slug.parse('ｆｒｉｄａｙ–ｋｉｔｃｈｅｎ\u200B')).toBe(
      'friday-kitchen',
    )
    const url = slackForm.shape.url.parse('\uFEFFhttps://hooks.slack.com/services/T\u200B ')
    expect(url).toBe('https://hooks.slack.com/services/T')
    expect(profileFields.shape.mapUrl.parse('\u00A0https://map.example.com/a\u200B')).toBe(
      'https://map.example.com/a',
    )
  })
})
