import { randomUUID } from 'node:crypto'
import { everybody, type Role } from './access-cast'

const ID = 'A'.repeat(43)
const said = Buffer.from('{"challenge":"AAAA"}').toString('base64url')
const credential = { id: ID, rawId: ID, type: 'public-key', clientExtensionResults: {} }
/** Well formed, and answers no challenge. Other tests cover which answer works where. */
const signed = {
  answer: {
    ...credential,
    response: { clientDataJSON: said, authenticatorData: 'AAAA', signature: 'AAAA' },
  },
}
const made = {
  answer: { ...credential, response: { clientDataJSON: said, attestationObject: 'AAAA' } },
}

type Access = {
  who: 'anyone' | Role[]
  given: () => Record<string, unknown>
  refusal?: string
  answer?: string
}

const onOneself = (given: Record<string, unknown> = {}): Access => ({
  who: everybody,
  given: () => given,
})
/** For visitors, who can have no answer ready here. */
const unanswered = (given: Record<string, unknown>): Access => ({
  who: 'anyone',
  given: () => given,
  answer: 'passkey-over',
})
/** For an account with a passkey, which none of the cast has. */
const refused = (refusal: string, given: Record<string, unknown> = {}): Access => ({
  who: [],
  given: () => given,
  refusal,
})
const passkeyId = randomUUID()
const file = 'domain/identity/passkey.actions.ts'

/** Who may call what about passkeys. */
export const passkeyAccess: Record<string, Access> = {
  [`${file} askToSignInByPasskey`]: { who: 'anyone', given: () => ({}) },
  [`${file} enterByPasskey`]: unanswered(signed),
  [`${file} askForSecondFactor`]: unanswered({}),
  [`${file} enterBySecondFactor`]: unanswered(signed),
  [`${file} askToSignInWithoutPasskey`]: unanswered({}),
  [`${file} enterWithoutPasskey`]: unanswered({}),
  [`${file} stopSigningInWithoutPasskey`]: onOneself(),
  [`${file} askToProveByPasskey`]: refused('no-passkey'),
  [`${file} proveOwnPasskey`]: refused('passkey-over', signed),
  [`${file} askToAddPasskey`]: onOneself(),
  [`${file} addOwnPasskey`]: refused('passkey-over', made),
  [`${file} renameOwnPasskey`]: refused('passkey-unknown', { passkeyId, name: '노트북' }),
  [`${file} removeOwnPasskey`]: refused('passkey-unknown', { passkeyId }),
  [`${file} needOwnPasskey`]: refused('no-passkey', { isNeeded: true }),
  [`${file} putOffPasskey`]: onOneself(),
}
