import { env } from './env'
import type { Operator } from './operator-details'

/** Who runs this deployment, as far as its environment says. */
export function readOperator(): Operator {
  return {
    name: env.OPERATOR_NAME ?? null,
    representative: env.OPERATOR_REPRESENTATIVE ?? null,
    address: env.OPERATOR_ADDRESS ?? null,
    phone: env.OPERATOR_PHONE ?? null,
    email: env.OPERATOR_EMAIL ?? null,
    businessNumber: env.OPERATOR_BUSINESS_NUMBER ?? null,
    mailOrderNumber: env.OPERATOR_MAIL_ORDER_NUMBER ?? null,
    hosting: env.OPERATOR_HOSTING ?? null,
    privacyOfficer: env.OPERATOR_PRIVACY_OFFICER ?? null,
  }
}
