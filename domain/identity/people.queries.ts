import { z } from 'zod'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { withShownPhone } from '@/lib/text/phone'
import { findPersonWords } from '@/lib/text/word-query'
import { momentKey } from './admin.schema'
import type { PeopleQuery, Person, PersonLine } from './people.schema'

const LINE = `
  a.id, a.name, a.email, a.phone, a.role::text AS role, iso_instant(a.created_at) AS "createdAt",
  a.email_confirmed_at IS NULL AS "isUnconfirmed",
  CASE WHEN a.role <> 'OWNER' THEN NULL WHEN a.owner_approved_at IS NOT NULL THEN 'APPROVED'
       WHEN a.owner_refused_at IS NOT NULL THEN 'REFUSED' ELSE 'WAITING' END AS "ownerState"`

/** The words a person is found by, as the index `accounts_words` holds them. */
const PERSON_WORDS = 'account_words(a.name, a.email, a.phone)'

/**
 * A condition on `accounts a` from two parameters of `listPersonValues`, the first of which is
 * `$from`: the id, or a part of name, address or phone in any way of writing.
 */
export function matchPerson(from: number): string {
  return `(a.id = $${from}::uuid OR ${PERSON_WORDS} @@ $${from + 1}::tsquery)`
}

export function listPersonValues(keyword: string): [string | null, string | null] {
  return [z.uuid().safeParse(keyword).data ?? null, findPersonWords(keyword)]
}

/** One page of people, newest first. A keyword goes over the index of their words. */
export async function searchPeople({
  keyword,
  role,
  cursor,
  limit = 20,
}: PeopleQuery & { limit?: number }): Promise<Page<PersonLine>> {
  const [at = null, id = null] = readCursor(momentKey, cursor) ?? []
  const { rows } = await pool.query<PersonLine>(
    `SELECT ${LINE} FROM accounts a
      WHERE ($1::account_role IS NULL OR a.role = $1)
        AND ($2::timestamptz IS NULL OR (a.created_at, a.id) < ($2::timestamptz, $3::uuid))
        ${keyword === null ? '' : `AND ${matchPerson(5)}`}
      ORDER BY a.created_at DESC, a.id DESC LIMIT $4`,
    [role, at, id, limit + 1, ...(keyword === null ? [] : listPersonValues(keyword))],
  )
  const shown = rows.map((row) => withShownPhone(row))
  return cutPage({ rows: shown, limit, keyOf: (last) => [last.createdAt, last.id] })
}

/** Null: no account has this id. */
export async function findPerson(accountId: string): Promise<Person | null> {
  const { rows } = await pool.query<Person>(
    `SELECT ${LINE}, a.locale, a.password_hash IS NOT NULL AS "hasPassword",
            EXISTS (SELECT FROM passkeys p WHERE p.account_id = a.id) AS "hasPasskey",
            a.owner_refusal AS "ownerRefusal",
            ARRAY(SELECT x.provider FROM external_logins x WHERE x.account_id = a.id ORDER BY 1) AS providers
       FROM accounts a WHERE a.id = $1`,
    [accountId],
  )
  return rows.map((row) => withShownPhone(row))[0] ?? null
}

/** The account whose address or id is exactly this word. Null: none. */
export async function findPersonByWord(
  word: string,
): Promise<Pick<Person, 'id' | 'name' | 'email'> | null> {
  const { rows } = await pool.query<Pick<Person, 'id' | 'name' | 'email'>>(
    'SELECT id, name, email FROM accounts WHERE id = $1::uuid OR email = lower($2)',
    [z.uuid().safeParse(word).data ?? null, word],
  )
  return rows[0] ?? null
}
