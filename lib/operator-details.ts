/** The details of the footer, in its order. */
export const footerDetails = [
  ...(['name', 'representative', 'businessNumber', 'mailOrderNumber'] as const),
  ...(['address', 'phone', 'email', 'hosting'] as const),
] as const

/**
 * What Korean law asks an operator to say of themselves (Act on Consumer Protection in Electronic
 * Commerce, article 10), and of who is responsible for privacy (Personal Information Protection Act,
 * article 30).
 */
export const operatorDetails = [...footerDetails, 'privacyOfficer'] as const
export type OperatorDetail = (typeof operatorDetails)[number]

/** Null: not set. */
export type Operator = Record<OperatorDetail, string | null>

/** The variable of each detail. */
const VARIABLES: Record<OperatorDetail, string> = {
  name: 'OPERATOR_NAME',
  representative: 'OPERATOR_REPRESENTATIVE',
  address: 'OPERATOR_ADDRESS',
  phone: 'OPERATOR_PHONE',
  email: 'OPERATOR_EMAIL',
  businessNumber: 'OPERATOR_BUSINESS_NUMBER',
  mailOrderNumber: 'OPERATOR_MAIL_ORDER_NUMBER',
  hosting: 'OPERATOR_HOSTING',
  privacyOfficer: 'OPERATOR_PRIVACY_OFFICER',
}

/** The variables of details that are not set. */
export function listMissingDetails(operator: Operator): string[] {
  return operatorDetails.flatMap((detail) => (operator[detail] === null ? [VARIABLES[detail]] : []))
}
