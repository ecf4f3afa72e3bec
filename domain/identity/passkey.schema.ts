import { z } from 'zod'
import { typedField } from '@/lib/text/field'
import { tidyName } from '@/lib/text/typed'

const base64url = (most: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(most)
/** Up to 1023 bytes. */
const credentialId = base64url(1_364)
const attachment = z.enum(['platform', 'cross-platform']).optional().catch(undefined)

const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  // None is asked for, so none is read.
  clientExtensionResults: z.unknown().transform(() => ({})),
}

/** A new passkey, as `navigator.credentials.create` gives it. */
export const newPasskeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(8_000),
    // The standard adds kinds of its own; those are hints only.
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(8)
      .default([])
      .catch([]),
  }),
})

/** A signature by a passkey, as `navigator.credentials.get` gives it. */
export const passkeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(4_000),
    userHandle: base64url(100).optional().catch(undefined),
  }),
})

export const passkeyAdding = z.strictObject({ answer: newPasskeyAnswer })
export const passkeyUse = z.strictObject({ answer: passkeyAnswer })

export const passkeyName = typedField({ read: tidyName, least: 1, most: 50 })
export const passkeyRename = z.strictObject({ passkeyId: z.uuid(), name: passkeyName })
export const passkeyRemoval = z.strictObject({ passkeyId: z.uuid() })
export const passkeyNeed = z.strictObject({ isNeeded: z.boolean() })
