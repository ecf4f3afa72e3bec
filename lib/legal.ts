/**
 * The versions of what people agree to and are told, by the day they came into force. A new text
 * gets a new day, and every account is asked once.
 */
export const TERMS_VERSION = '2026-11-29'
export const PRIVACY_VERSION = '2026-11-29'
