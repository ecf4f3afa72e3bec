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

const demoDiners = dinerNames.map(toDiner)
const demoAccounts: DemoAccount[] = [
  { email: 'admin@bobjool.test', name: '관리자', role: 'ADMIN' },
  { email: 'owner@bobjool.test', name: '한도윤', role: 'OWNER' },
  ...demoDiners,
]
/** The accounts that people sign in to, in the order of their numbers. */
export const demoDinerEmails = demoDiners.map(({ email }) => email)

/** Enough that everybody who books on a day books once, as the service demands (hoarding). */
const FURTHER_DINERS = 180
const families = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오']
const givenNames = [
  ...['지민', '서준', '하은', '도윤', '수빈', '예준', '채원', '시윤', '다인', '건희', '유나'],
  ...['민서', '재현', '가은', '태윤', '나은', '현우'],
]

/** Twelve family names and seventeen given ones meet anew each time: no name comes twice. */
const furtherAccounts = Array.from({ length: FURTHER_DINERS }, (_, index) =>
  toDiner(
    `${families[index % families.length]}${givenNames[index % givenNames.length]}`,
    demoDiners.length + index,
  ),
)

type Seeding = { db: Database; report: (line: string) => void }

/** Ids by address of the people of the demo. Existing accounts stay as they are. */
export const addDemoAccounts = (seeding: Seeding) =>
  addMissingAccounts({ ...seeding, accounts: demoAccounts })

/** Those who fill the restaurants: `diner21` and so on. */
export const addFurtherDiners = (db: Database) =>
  addMissingAccounts({ db, report: () => {}, accounts: furtherAccounts })

async function addMissingAccounts({
  db,
  report,
  accounts,
}: Seeding & { accounts: DemoAccount[] }): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; email: string }>(
    'SELECT id, email FROM accounts WHERE email = ANY ($1::text[])',
    [accounts.map(({ email }) => email)],
  )
  const ids = new Map(rows.map(({ id, email }) => [email, id]))
  const missing = accounts.filter(({ email }) => !ids.has(email))
  for (const account of missing) {
    const { id, email } = await createAccount(db, account)
    ids.set(email, id)
  }
  if (missing.length > 0) report(`Signed up ${missing.length} people.`)
  return ids
}
