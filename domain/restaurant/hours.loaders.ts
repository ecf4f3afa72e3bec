import { listHours } from './hours.queries'

export const loadHours = listHours
