const CIPHER = 'AES-GCM'
/** Random: of one key there are far fewer than the 2^32 texts that a random nonce of this length allows. */
const NONCE_BYTES = 12
const CHUNK = 8_192

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

/** A key of 256 bits from base64url, which no script can read out again. */
export function importKey(text: string): Promise<CryptoKey> {
  const bytes = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  return crypto.subtle.importKey('raw', bytes, CIPHER, false, ['encrypt', 'decrypt'])
}

const cipherOf = ({ nonce, place }: { nonce: Uint8Array<ArrayBuffer>; place: string }) => ({
  name: CIPHER,
  iv: nonce,
  additionalData: new TextEncoder().encode(place),
})

/** `place` says where the sealed text stands: nowhere else does it open. */
export async function sealText({
  key,
  place,
  text,
}: {
  key: CryptoKey
  place: string
  text: string
}): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const bytes = new TextEncoder().encode(text)
  const sealed = await crypto.subtle.encrypt(cipherOf({ nonce, place }), key, bytes)
  return `${toBase64(nonce)}.${toBase64(new Uint8Array(sealed))}`
}

/** Null: it was sealed by another key or for another place, or was changed. */
export async function openText({
  key,
  place,
  sealed,
}: {
  key: CryptoKey
  place: string
  sealed: string
}): Promise<string | null> {
  const [nonce = '', bytes = ''] = sealed.split('.')
  try {
    const cipher = cipherOf({ nonce: fromBase64(nonce), place })
    const text = await crypto.subtle.decrypt(cipher, key, fromBase64(bytes))
    return new TextDecoder().decode(text)
  } catch {
    return null
  }
}
