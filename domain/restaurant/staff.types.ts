export type MemberRole = 'OWNER' | 'STAFF'

export type StaffMember = {
  accountId: string
  name: string
  email: string
  role: MemberRole
  /** Listed as an owner, and no admin has approved the account yet: may do nothing here. */
  isWaiting: boolean
}
