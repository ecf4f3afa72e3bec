import { expect, test } from 'vitest'
import { z } from 'zod'
import { listInvalidFields } from './invalid-fields'

const body = z.strictObject({
  partySize: z.int().min(1),
  guest: z.union([
    z.strictObject({ id: z.uuid() }),
    z.strictObject({ name: z.string().min(1), phone: z.string().max(5).optional() }),
  ]),
})
const listFields = (given: unknown) => {
  const { error } = body.safeParse(given)
  return error ? listInvalidFields(error).map(({ field }) => field) : []
}

test('a field is named by its path, one too many by its name', () => {
  expect(listFields({ partySize: 0, guest: { name: '김' } })).toEqual(['partySize'])
  expect(listFields({ partySize: 1, guest: { name: '김' }, more: 1 })).toEqual(['more'])
})

test('where several shapes are accepted, the fields of the closest one are named', () => {
  expect(listFields({ partySize: 1, guest: { name: '김', phone: '010101' } })).toEqual([
    'guest.phone',
  ])
  expect(listFields({ partySize: 1, guest: { id: 'nobody' } })).toEqual(['guest.id'])
  expect(listFields({ partySize: 1, guest: 7 })).toEqual(['guest'])
})
