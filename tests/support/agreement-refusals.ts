import { setAll } from './constraint-scene'

/** Each constraint of agreements with what it refuses; part of the list in `constraints.test.ts`. */
export const agreementRefusals: Record<string, string[]> = {
  agreements_account_fkey: [
    `INSERT INTO agreements (account_id, kind, version) VALUES ({nobody}, 'TERMS', '2026-11-29')`,
  ],
  agreements_append_only: setAll('agreements', [`version = '2020-01-01'`]),
  agreements_kind_known: [
    `INSERT INTO agreements (account_id, kind, version) VALUES ({diner}, 'OTHER', '2026-11-29')`,
  ],
  agreements_only_consents_end: [
    `INSERT INTO agreements (account_id, kind, version, given) VALUES ({diner}, 'TERMS', '2026-11-29', false)`,
  ],
  agreements_pkey: [
    `INSERT INTO agreements SELECT id, account_id, kind, version, given, at FROM agreements LIMIT 1`,
  ],
  agreements_version_is_a_day: [
    `INSERT INTO agreements (account_id, kind, version) VALUES ({diner}, 'TERMS', '1.0')`,
  ],
}
