import { listHours } from './queries'

export const loadHours = listHours
