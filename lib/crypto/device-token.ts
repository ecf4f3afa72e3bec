import { createHash, randomBytes } from 'node:crypto'

/** The secret that identifies a device. It is sent once and stored nowhere. */
export function makeDeviceToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The hash the database stores, so that reading the database does not let anyone act as the device.
 */
export function hashDeviceToken(token: string): string {
  return createHash('sha256').update(`bobjool device ${token}`).digest('base64url')
}
