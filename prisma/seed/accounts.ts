import { createAccount } from '../factories'
import type { Database } from '../rows'

type DemoAccount = {
  email: string
  name: string
  phone?: string
  role?: 'OWNER' | 'ADMIN'
  locale?: 'en'
}

const dinerNames = [
  ...[
    '김하늘',
    '이준서',
    '박서연',
    '최민재',
    '정유진',
    '강도현',
    '조은서',
    '윤지호',
    '장수아',
    '임건우',
  ],
  ...[
    '한예린',
    '오시우',
    '서다은',
    '신재윤',
    '권나연',
    '황태오',
    '안소율',
    '송이안',
    'Emma Park',
    'Daniel Lee',
  ],
]

function toDiner(name: string, index: number): DemoAccount {
  return {
    email: `diner${index + 1}@bobjool.test`,
    name,
    phone: `010-0000-${String(index + 1).padStart(4, '0')}`,
    locale: /^[A-Z]/.test(name) ? 'en' : undefined,
  }
}

export const demoAccounts: DemoAccount[] = [
  { email: 'admin@bobjool.test', name: '관리자', role: 'ADMIN' },
  { email: 'owner@bobjool.test', name: '한도윤', role: 'OWNER' },
  ...dinerNames.map(toDiner),
]

/** Their ids by address. Existing accounts stay as they are. */
export async function addMissingAccounts({
  db,
  report,
}: {
  db: Database
  report: (line: string) => void
}): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; email: string }>(
    'SELECT id, email FROM accounts WHERE email = ANY ($1::text[])',
    [demoAccounts.map(({ email }) => email)],
  )
  const ids = new Map(rows.map(({ id, email }) => [email, id]))
  const missing = demoAccounts.filter(({ email }) => !ids.has(email))
  for (const account of missing) {
    const { id, email } = await createAccount(db, account)
    ids.set(email, id)
  }
  if (missing.length > 0) report(`Signed up ${missing.length} people.`)
  return ids
}
