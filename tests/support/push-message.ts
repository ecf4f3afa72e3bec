import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  randomBytes,
  verify,
} from 'node:crypto'

/** A browser as the Push API makes it: the keys it gives us, and those it keeps. */
export interface Browser {
  keys: { p256dh: string; auth: string }
  /** Decrypts a push (RFC 8291); throws if it was meant for another browser. */
  read: (body: Buffer) => string
}

const hmac = (key: Buffer, ...parts: (Buffer | string)[]) => {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

export function makeBrowser(): Browser {
  const own = createECDH('prime256v1')
  own.generateKeys()
  const auth = randomBytes(16)
  const p256dh = own.getPublicKey()
  return {
    keys: { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') },
    read: (body) => {
      const salt = body.subarray(0, 16)
      const senderKey = body.subarray(21, 21 + body.readUInt8(20))
      const sealed = body.subarray(21 + senderKey.length)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, senderKey])
      const shared = hmac(hmac(auth, own.computeSecret(senderKey)), info, '\x01')
      const secret = hmac(salt, shared)
      const key = hmac(secret, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16)
      const nonce = hmac(secret, 'Content-Encoding: nonce\0\x01').subarray(0, 12)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce)
      decipher.setAuthTag(sealed.subarray(-16))
      const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
      return padded.subarray(0, padded.lastIndexOf(2)).toString()
    },
  }
}

/** Whether a push to this service is signed with the key that browsers subscribed to (RFC 8292). */
export function isSignedFor({
  authorization,
  origin,
  publicKey,
}: {
  authorization: string
  origin: string
  publicKey: string
}): boolean {
  const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const { aud, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const point = Buffer.from(publicKey, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return isSigned && key === publicKey && aud === origin && exp * 1000 > Date.now()
}
