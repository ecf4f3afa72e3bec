import type { Visitor } from '@/lib/http/session'
import { readPageVisitor } from './loaders'

/** Who looks at an admin's page. Null: nobody, or no admin by the database's word at this moment. */
export async function readPageAdmin(): Promise<Visitor | null> {
  const visitor = await readPageVisitor()
  return visitor?.role === 'ADMIN' ? visitor : null
}

/** What only admins may read; null to everybody else, which their page shows as "not found". */
export async function readAsAdmin<T>(read: () => Promise<T>): Promise<T | null> {
  return (await readPageAdmin()) && read()
}
