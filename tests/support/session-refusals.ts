import { setAll } from './constraint-scene'

/** The constraints of sessions and their proofs, with what each refuses. */
export const sessionRefusals: Record<string, string[]> = {
  sessions_account_fkey: setAll('sessions', ['account_id = {nobody}']),
  sessions_ninety_days: setAll('sessions', [`expires_at = created_at + interval '91 days'`]),
  sessions_pkey: [
    `INSERT INTO sessions (id, account_id, epoch, browser, system, expires_at)
     SELECT id, account_id, 0, 'CHROME', 'MAC', now() FROM sessions`,
  ],
  sessions_proof_dated: setAll('sessions', [`proof = 'MAIL'`, 'proved_at = now()']),
  sessions_proof_known: setAll('sessions', [`proof = 'KAKAO', proved_at = now()`]),
  link_requests_proof_of_session: setAll('link_requests', [`purpose = 'PROVE'`]),
  link_requests_session_fkey: setAll('link_requests', [`purpose = 'PROVE', session_id = {nobody}`]),
}
