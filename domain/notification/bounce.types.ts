/** What a mail provider has told about one address. */
export type MailReport = {
  address: string
  kind: 'BOUNCE' | 'COMPLAINT'
  reason: string
  /** The notice whose mail it was. Null: the provider names none of ours. */
  noticeId: string | null
}
