import { z } from 'zod'
import { locales } from '@/lib/i18n/locale'
import { agreement } from './agreement.schema'
import { errand } from './link.schema'
import { isOwnWord } from './password.rules'
import { email, newPassword, personName, phone } from './schema'

/** The roles a person can sign up for; signing up grants no others. */
const fields = {
  email,
  password: newPassword,
  name: personName,
  phone: phone.optional(),
  wants: z.enum(['DINER', 'OWNER']),
  ...agreement,
}

function refuseOwnWords(
  person: { email: string; name: string; password?: string | undefined },
  context: z.RefinementCtx,
) {
  const { password } = person
  if (password !== undefined && isOwnWord({ ...person, password }))
    context.addIssue({ code: 'custom', path: ['password'], message: 'own-word' })
}

/**
 * From the page, whose language is sent with every action. Without a password the person makes a
 * passkey once their address is confirmed.
 */
export const signUpForm = z
  .strictObject({ ...fields, password: newPassword.optional(), errand })
  .superRefine(refuseOwnWords)
export type SignUpForm = Omit<z.infer<typeof signUpForm>, 'errand'>

/** From the API; `locale` is the language of mails, by default the request's. */
export const signUpRequest = z
  .strictObject({ ...fields, locale: z.enum(locales).optional() })
  .superRefine(refuseOwnWords)

export const signUpAnswer = z.object({ email: z.string() })
