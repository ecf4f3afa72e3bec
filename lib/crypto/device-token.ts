import { createHash, randomBytes } from 'node:crypto'

/** What a device is known by; told once and kept nowhere. */
export function makeDeviceToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of it: whoever reads that can't be the device. */
export function hashDeviceToken(token: string): string {
  return createHash('sha256').update(`bobjool device ${token}`).digest('base64url')
}
