import { z } from 'zod'
import { linkToken } from './link.schema'
import { newPassword } from './schema'

export const passwordByLink = z.strictObject({ token: linkToken, password: newPassword })
