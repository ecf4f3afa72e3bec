/** Whose bearer token it is; its seal is checked by those who gave it. */
export function readBearer(token: string): { accountId: string; email: string } {
  const [, payload = ''] = token.split('.')
  const { sub, email } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return { accountId: String(sub), email: String(email) }
}
