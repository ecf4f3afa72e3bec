import { insertPasskey, setAll } from './constraint-scene'

/** What the tables of passkeys and their challenges refuse; each statement violates only that one. */
export const passkeyRefusals: Record<string, string[]> = {
  accounts_passkey_handle_key: setAll('accounts', [
    `passkey_handle = decode(repeat('00', 32), 'hex')`,
  ]),
  accounts_passkey_handle_length: setAll('accounts', [`passkey_handle = '\\x00'`]),
  passkeys_account_fkey: [insertPasskey({ account: '{nobody}', credential: '01' })],
  passkeys_backed_up_if_synced: setAll('passkeys', ['is_synced = false, is_backed_up = true']),
  passkeys_counter_range: setAll('passkeys', ['counter = -1', 'counter = 4294967296']),
  passkeys_credential_key: [insertPasskey({})],
  passkeys_credential_length: setAll('passkeys', [
    `credential_id = decode(repeat('00', 15), 'hex')`,
    `credential_id = decode(repeat('00', 1024), 'hex')`,
  ]),
  passkeys_name_length: setAll('passkeys', [`name = ''`, `name = repeat('밥', 51)`]),
  passkeys_pkey: [insertPasskey({ id: '(SELECT id FROM passkeys)', credential: '01' })],
  passkeys_public_key_length: setAll('passkeys', [
    `public_key = decode(repeat('00', 31), 'hex')`,
    `public_key = decode(repeat('00', 4097), 'hex')`,
  ]),
  passkeys_transports_few: setAll('passkeys', [`transports = array_fill('usb'::text, ARRAY[9])`]),
  passkey_challenges_account_fkey: setAll('passkey_challenges', ['account_id = {nobody}']),
  passkey_challenges_expire_later: setAll('passkey_challenges', ['expires_at = created_at']),
  passkey_challenges_length: setAll('passkey_challenges', [`challenge = '\\x00'`]),
  passkey_challenges_pkey: [
    `INSERT INTO passkey_challenges (challenge, purpose, browser_id, account_id, expires_at)
     SELECT challenge, purpose, browser_id, account_id, expires_at FROM passkey_challenges`,
  ],
  passkey_challenges_purpose_known: setAll('passkey_challenges', [`purpose = 'OTHER'`]),
  passkey_challenges_whose: setAll('passkey_challenges', [
    'account_id = NULL',
    `purpose = 'SIGN_IN'`,
  ]),
}
