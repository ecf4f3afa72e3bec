import { listTables } from './queries'

export const loadTables = listTables
