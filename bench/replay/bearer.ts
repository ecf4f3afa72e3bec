/** The account of a bearer token; only the server checks its seal. */
export function readBearer(token: string): { accountId: string; email: string } {
  const [, payload = ''] = token.split('.')
  const { sub, email } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return { accountId: String(sub), email: String(email) }
}
