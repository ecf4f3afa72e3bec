import { expect, it } from 'vitest'
import { DIRECT } from '@/tests/support/direct-operations'
import { routes } from './routes'

it('an operation that is served directly names its own method and path', () => {
  const named = Object.entries(routes).flatMap(([path, handlers]) =>
    Object.entries(handlers).flatMap(([method, { contract }]) => {
      if (contract.direct === undefined) return []
      expect(contract.direct).toBe(`${method} /api/v1${path}`)
      return [contract.direct]
    }),
  )
  expect(named.sort()).toEqual(DIRECT)
})
