import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

function sealOf({ text, secret }: { text: string; secret: string }): Buffer {
  return createHmac('sha256', secret).update(`bobjool sealed value ${text}`).digest()
}

/** A value that a browser keeps for us until an instant: it can read it, but not change it. */
export function sealValue({ value, until }: { value: unknown; until: Date }): string {
  const [secret] = env.AUTH_SECRET
  if (!secret) throw new Error('AUTH_SECRET is empty')
  const text = Buffer.from(JSON.stringify({ value, until: until.getTime() })).toString('base64url')
  return `${text}.${sealOf({ text, secret }).toString('base64url')}`
}

/** Null: not sealed by any of our secrets, or over. */
export function openValue({ sealed, now }: { sealed: string; now: Date }): unknown {
  const [text = '', given = '', ...more] = sealed.split('.')
  const seal = Buffer.from(given, 'base64url')
  const isOurs = env.AUTH_SECRET.some((secret) => {
    const ours = sealOf({ text, secret })
    return seal.length === ours.length && timingSafeEqual(seal, ours)
  })
  if (!isOurs || more.length > 0) return null
  const { value, until } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  return typeof until === 'number' && now.getTime() < until ? value : null
}
