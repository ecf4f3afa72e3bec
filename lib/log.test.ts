import { describe, expect, it } from 'vitest'
import { describeError } from './log'

describe('an error in the log', () => {
  it('says what failed and where, and names no person', () => {
    const refused = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      detail: 'Key (email)=(diner@example.com) already exists.',
    })
    const told = describeError(new Error('not saved', { cause: refused }))
    expect(told).toMatchObject({ name: 'Error', message: 'not saved', code: '23505' })
    expect(JSON.stringify(told)).toContain('log.test.ts')
    expect(JSON.stringify(told)).not.toContain('diner@example.com')
  })

  it('that is not an Error is logged as it is', () => {
    expect(describeError('away')).toBe('away')
  })
})
