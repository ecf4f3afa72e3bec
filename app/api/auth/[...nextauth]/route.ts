import NextAuth from 'next-auth'
import { authOptions } from '@/domain/identity/loaders'
import { readTrustedAddress } from '@/lib/http/session'
import { inRequest, readRequestId } from '@/lib/request-context'

const answer = NextAuth(authOptions)

function handler(request: Request, context: unknown): Promise<Response> {
  const { headers } = request
  const asked = {
    id: readRequestId(headers),
    operation: 'next-auth',
    address: readTrustedAddress(headers),
    accountId: null,
  }
  return inRequest(asked, () => answer(request, context))
}

export { handler as GET, handler as POST }
