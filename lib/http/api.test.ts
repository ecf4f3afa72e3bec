import { expect, test } from 'vitest'
import { z } from 'zod'
import { refuse, succeed } from '@/lib/problems/result'
import { apiRoute, idParams } from './api'
import { listRefusals } from './contract'

const told = { operationId: 'test', summary: 'A test', who: 'anyone' } as const
const context = { params: Promise.resolve({ id: '4f4c1f0e-8a0b-4b63-9d3e-0f7a0c5a5b11' }) }
const ask = (path = '/') => new Request(`http://localhost${path}`)

test('a handler that refuses for a reason its contract does not name does not compile', async () => {
  const undeclared = apiRoute({
    ...told,
    answers: { 204: null },
    refusals: ['sold-out'],
    // @ts-expect-error: `slot-taken` is not among the refusals.
    answer: async () => refuse('slot-taken'),
  })
  const none = apiRoute({
    ...told,
    answers: { 204: null },
    refusals: [],
    // @ts-expect-error: this route requires no sign-in.
    answer: async () => refuse('signed-out'),
  })
  const declared = apiRoute({
    ...told,
    answers: { 204: null },
    refusals: ['sold-out'],
    answer: async () => refuse('sold-out'),
  })
  expect((await undeclared(ask(), context)).status).toBe(409)
  expect((await none(ask(), context)).status).toBe(401)
  expect(await (await declared(ask(), context)).json()).toMatchObject({ reason: 'sold-out' })
})

test('a handler that reads a header its contract does not name does not compile', async () => {
  const undeclared = apiRoute({
    ...told,
    headers: { 'Opening-Turn': 'The right to book' },
    answers: { 200: z.string().nullable() },
    refusals: [],
    // @ts-expect-error: `Kiosk-Token` is not among the headers.
    answer: async ({ readHeader }) => succeed(readHeader('Kiosk-Token')),
  })
  const declared = apiRoute({
    ...told,
    headers: { 'Opening-Turn': 'The right to book' },
    answers: { 200: z.string().nullable() },
    refusals: [],
    answer: async ({ readHeader }) => succeed(readHeader('Opening-Turn')),
  })
  const asked = new Request('http://localhost/', { headers: { 'opening-turn': 'abc' } })
  expect(await (await undeclared(asked, context)).json()).toBeNull()
  expect(await (await declared(asked, context)).json()).toBe('abc')
})

test('a handler whose answer differs from its contract does not compile', async () => {
  const other = apiRoute({
    ...told,
    answers: { 201: z.object({ id: z.uuid() }) },
    refusals: [],
    // @ts-expect-error: `id` is a string.
    answer: async () => succeed({ id: 1 }),
  })
  expect((await other(ask(), context)).status).toBe(201)
})

test('a value gets the status of its contract, and an empty answer has no body', async () => {
  const made = apiRoute({
    ...told,
    params: idParams,
    answers: { 201: idParams },
    refusals: [],
    answer: async ({ params }) => succeed(params),
  })
  const gone = apiRoute({
    ...told,
    answers: { 204: null },
    refusals: [],
    answer: async () => succeed(null),
  })
  const answer = await made(ask(), context)
  expect([answer.status, await answer.json()]).toEqual([201, await context.params])
  const empty = await gone(ask(), context)
  expect([empty.status, await empty.text()]).toEqual([204, ''])
})

test('an invalid id is not found, and a missing required key is refused', async () => {
  const route = apiRoute({
    ...told,
    params: idParams,
    key: 'required',
    answers: { 200: z.object({ key: z.string() }) },
    refusals: [],
    answer: async ({ key }) => succeed({ key }),
  })
  const lost = await route(ask(), { params: Promise.resolve({ id: 'nowhere' }) })
  expect(lost.status).toBe(404)
  expect((await route(ask(), context)).status).toBe(422)
  expect(listRefusals(route.contract, 'POST')).toEqual([
    'not-found',
    'invalid',
    'busy',
    'unavailable',
    'not-certain',
    'unexpected',
  ])
})
