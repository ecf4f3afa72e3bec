import { listTables } from './table.queries'

export const loadTables = listTables
