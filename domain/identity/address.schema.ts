import { z } from 'zod'
import { email } from './schema'

export const addressChange = z.strictObject({ email })
